"""Splink on the records that `bench_matching` writes: F1 of pairs and CPU seconds, beside those of this repository.

    bench_matching FOLDER 4000 1          (writes sparse.csv, medium.csv, dense.csv; prints our figures)
    python splink_match.py FOLDER         (needs `pip install splink`; prints Splink's)

Splink gets what an experienced user would give it: the same candidates (range 5 km beside the radii, window 2 days), the
same levels of comparison, term-frequency adjustments on kind and actors, all other parameters by its own
expectation-maximisation, and one record of each source per cluster. Two trainings are
tried. "sampled": u from random pairs, the prior from a deterministic rule, m from blocked pairs. "blocked": everything
from the candidates themselves, which suits events that crowd. Each is cut at probability 0.5, and at the threshold that
is best for the truth, which no user can know. CPU is that of the process in all its threads, without imports and reading.
"""

import logging
import re
import sys
import time
from collections import Counter

import duckdb
from splink import DuckDBAPI, Linker, SettingsCreator
from splink import comparison_level_library as cll
from splink import comparison_library as cl
from splink.blocking_rule_library import CustomRule

logging.disable(logging.WARNING)

KM = (
    "2*6371.0088*asin(least(1,sqrt(pow(sin(radians(r.{lat}-l.{lat})/2),2)"
    "+cos(radians(l.{lat}))*cos(radians(r.{lat}))*pow(sin(radians(r.{lon}-l.{lon})/2),2))))"
)
NEAR = (
    "l.block_day <= r.block_day + 2 and l.block_day >= r.block_day - 2 and "
    + KM.format(lat="block_lat", lon="block_lon")
    + " <= 5 + l.block_radius + r.block_radius"
)


def level(condition, label):
    """A level in Splink's own notation: column_l, column_r."""
    return cll.CustomLevel(re.sub(r"\b([lr])\.(\w+)", r"\2_\1", condition), label_for_charts=label)


def distance():
    km, radii = KM.format(lat="lat", lon="lon"), "(l.radius_km + r.radius_km)"
    fine = [0.2, 0.5, 1.0, 1.5, 2.25, 3.0, 4.0]
    levels = [level(f"{radii} <= 1.75 and {km} <= {end}", f"within {end} km") for end in fine]
    levels.append(level(f"{radii} <= 1.75", "farther"))
    levels += [level(f"{km} <= {end} * {radii}", f"within {end} radii") for end in (0.3, 0.6, 1.0)]
    return cl.CustomComparison([*levels, cll.ElseLevel()], output_column_name="distance")


def delay():
    levels = [level(f"r.day - l.day = {days}", f"{days} days") for days in (0, 1, -1, 2)]
    return cl.CustomComparison([*levels, cll.ElseLevel()], output_column_name="delay")


def kind():
    same = cll.ExactMatchLevel("kind").configure(tf_adjustment_column="kind")
    return cl.CustomComparison([same, cll.ElseLevel()], output_column_name="kind")


def actors():
    same = cll.ExactMatchLevel("actors").configure(tf_adjustment_column="actors")
    shared = level("len(list_intersect(string_split(l.actors,'+'), string_split(r.actors,'+'))) > 0", "some in common")
    return cl.CustomComparison([cll.NullLevel("actors"), same, shared, cll.ElseLevel()], output_column_name="actors")


def toll():
    few, many = "least(l.toll, r.toll)", "greatest(l.toll, r.toll)"
    levels = [cll.NullLevel("toll")]
    levels += [level(f"l.toll = r.toll and l.toll {test}", f"the same, {test}") for test in ("= 0", "= 1", "= 2", "<= 5", "<= 10", "> 10")]
    near = f"{few} > 0 and {many} - {few} <= greatest(1, {many} // 5)"
    levels += [level(f"{near} and {many} <= 5", "near, few"), level(near, "near, many")]
    levels += [level(f"{few} = 0 and {many} <= 2", "none, few"), level(f"{few} = 0", "none, many"), level(f"{many} <= 2 * {few}", "within twice")]
    return cl.CustomComparison([*levels, cll.ElseLevel()], output_column_name="toll")


def settings():
    return SettingsCreator(
        link_type="link_only",
        comparisons=[distance(), delay(), kind(), actors(), toll()],
        blocking_rules_to_generate_predictions=[CustomRule(NEAR, sql_dialect="duckdb")],
        retain_matching_columns=False,
        max_iterations=50,
    )


def tables(path):
    connection = duckdb.connect()
    connection.execute(
        "create table records as select unique_id, source, day, lat, lon, radius_km, cast(kind as varchar) kind, "
        "nullif(cast(actors as varchar), '') actors, toll, "
        "day block_day, lat block_lat, lon block_lon, radius_km block_radius, kind block_kind, toll block_toll "
        f"from read_csv('{path}', types={{'unique_id':'VARCHAR','actors':'VARCHAR','toll':'BIGINT'}})"
    )
    truth = dict(connection.execute(f"select unique_id, occurrence from read_csv('{path}', types={{'unique_id':'VARCHAR','actors':'VARCHAR'}})").fetchall())
    sources = [row[0] for row in connection.execute("select distinct source from records order by 1").fetchall()]
    for source in sources:
        connection.execute(f"create table s{source} as select * exclude (source) from records where source = {source}")
    return connection, [f"s{source}" for source in sources], truth


def train(linker, way):
    near = CustomRule(NEAR, sql_dialect="duckdb")
    if way == "sampled":
        linker.training.estimate_probability_two_random_records_match(
            [CustomRule("l.block_day = r.block_day and l.block_kind = r.block_kind and l.block_toll = r.block_toll and "
                        + KM.format(lat="block_lat", lon="block_lon") + " <= 1", sql_dialect="duckdb")],
            recall=0.25,
        )
        linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
        linker.training.estimate_parameters_using_expectation_maximisation(
            near, fix_probability_two_random_records_match=False, record_sample_proportion=1.0)
    else:
        linker.training.estimate_parameters_using_expectation_maximisation(
            near, fix_u_probabilities=False, populate_probability_two_random_records_match_from_trained_values=True,
            record_sample_proportion=1.0)


def score(clusters, truth):
    sizes = Counter(truth.values())
    pairs = lambda n: n * (n - 1) // 2
    real = sum(pairs(n) for n in sizes.values())
    said = sum(pairs(len(cluster)) for cluster in clusters)
    right = sum(pairs(n) for cluster in clusters for n in Counter(truth[record] for record in cluster).values())
    precision, recall = right / max(said, 1), right / real
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-12)


def clusters_of(edges, threshold):
    """One record of each source per cluster: links from the surest down, each taken where the sources of its two
    clusters do not meet. What `cluster_using_single_best_links` aims at, which took 60 s of CPU here and no better F1."""
    home = {}
    for probability, a, b in edges:
        if probability < threshold:
            break
        one, other = home.setdefault(a, [a]), home.setdefault(b, [b])
        if one is other or {record[0] for record in one} & {record[0] for record in other}:
            continue
        one.extend(other)
        for record in other:
            home[record] = one
    return [[record for _, record in cluster] for cluster in {id(cluster): cluster for cluster in home.values()}.values()]


def run(path, way):
    connection, names, truth = tables(path)
    started = time.process_time()
    api = DuckDBAPI(connection)
    frames = [api.register(name, dataset_display_name=f'from_{name}') for name in names]
    linker = Linker(frames, settings(), log_level=None)
    train(linker, way)
    predictions = linker.inference.predict()
    edges = connection.execute(
        "select match_probability, source_dataset_l, unique_id_l, source_dataset_r, unique_id_r "
        f"from {predictions.physical_name} where match_probability >= 0.02 order by 1 desc, 3, 5").fetchall()
    edges = [(p, (source, a), (other, b)) for p, source, a, other, b in edges]
    clusters = clusters_of(edges, 0.5)
    cpu = time.process_time() - started
    at_half = score(clusters, truth)
    best = max((score(clusters_of(edges, cut / 40), truth)[2], cut / 40) for cut in range(1, 40))
    return at_half, best, cpu


if __name__ == "__main__":
    print("density   training  precision  recall      F1   best F1 (at)   CPU s")
    for density in ("sparse", "medium", "dense"):
        for way in ("sampled", "blocked"):
            (precision, recall, f1), (best, cut), cpu = run(f"{sys.argv[1]}/{density}.csv", way)
            print(f"{density:9} {way:9} {precision:9.4f}  {recall:6.4f}  {f1:6.4f}    {best:6.4f} ({cut:.2f})  {cpu:6.2f}", flush=True)
