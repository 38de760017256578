"""Records of what was seen and measured -> signals told from noise, and what to do next."""
