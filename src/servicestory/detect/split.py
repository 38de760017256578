"""A proposal how the evidence of a practice falls into two."""

from collections.abc import Sequence


def propose(texts: Sequence[str]) -> list[int]:
    """Positions of the smaller of two groups the texts fall into by their words, in order.

    TF-IDF over words and word pairs, two-means with ten seeded starts (scikit-learn). With two texts the
    second goes; texts that say the same stay in order, the last one goes.

    Raises:
        ValueError: with fewer than two texts.
    """
    if len(texts) < 2:
        raise ValueError("one text cannot be parted")
    from sklearn.cluster import KMeans
    from sklearn.feature_extraction.text import TfidfVectorizer

    whole = [len(texts) - 1]
    try:
        vectors = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True).fit_transform(texts)
    except ValueError:  # no words at all
        return whole
    if len(texts) == 2 or vectors.shape[0] < 2 or len({tuple(row.indices) for row in vectors}) < 2:
        return whole
    label = KMeans(n_clusters=2, n_init=10, random_state=0).fit_predict(vectors)
    groups = [[i for i, mark in enumerate(label) if mark == g] for g in (0, 1)]
    return min(groups, key=lambda g: (len(g), -g[0])) if all(groups) else whole
