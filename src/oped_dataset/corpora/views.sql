-- DuckDB views with ready-made queries for a corpus of Parquet. Every row about a claim, event or relation contains
-- its voices: `voices` or `told_by`, and as text `voices_line` or `told_by_line`.

-- One row per claim: its columns, its article, and the names of the article's entities.
CREATE OR REPLACE VIEW corpus_claims AS
SELECT article, names, unnest(claims, max_depth := 2)
FROM (
    SELECT id AS article, claims, map_from_entries(list_transform(entities, lambda each: (each.id, each.name))) AS names
    FROM corpus
);

-- Who relays whom: one row for each pair of neighbours in the chain of a claim; the outer voice relays the inner one.
CREATE OR REPLACE VIEW corpus_relays AS
SELECT
    article,
    id AS claim,
    position,
    voices[position].source AS relayed_by,
    names[voices[position].source] AS relayed_by_name,
    voices[position].commitment AS relayed_by_commitment,
    voices[position + 1].source AS speaker,
    names[voices[position + 1].source] AS speaker_name,
    voices[position + 1].act AS act,
    voices[position + 1].commitment AS speaker_commitment,
    gist,
    voices_line,
    voices
FROM (SELECT *, unnest(range(1, len(voices))) AS position FROM corpus_claims);

-- Stances: for each pair above, the side of the claim on which each voice is
-- (for, against, open), and whether the outer voice leaves the claim open, agrees or opposes.
CREATE OR REPLACE VIEW corpus_stances AS
SELECT
    *,
    CASE
        WHEN relayed_by_side = 'open' THEN 'leaves open'
        WHEN speaker_side = 'open' THEN 'decides'
        WHEN relayed_by_side = speaker_side THEN 'agrees'
        ELSE 'opposes'
    END AS stance
FROM (
    SELECT
        *,
        commitment_side(relayed_by_commitment) AS relayed_by_side,
        commitment_side(speaker_commitment) AS speaker_side
    FROM corpus_relays
);

-- Evaluations: one row for each entity that an evaluation is about, with the innermost voice, on whose word it rests.
CREATE OR REPLACE VIEW corpus_evaluations AS
SELECT
    article,
    id AS claim,
    entity,
    names[entity] AS entity_name,
    gist,
    innermost AS called_so_by,
    names[innermost] AS called_so_by_name,
    innermost_commitment,
    voices_line,
    voices
FROM (SELECT *, unnest(about) AS entity FROM corpus_claims WHERE kind = 'evaluation');

-- Entities of many articles, joined by identifier: one row per identifier, with all its names and members.
CREATE OR REPLACE VIEW corpus_identities AS
SELECT
    identifier.scheme AS scheme,
    identifier.value AS value,
    list(DISTINCT name ORDER BY name) AS names,
    count(DISTINCT article) AS articles,
    list({article: article, entity: id} ORDER BY article, id) AS members
FROM (
    SELECT article, id, name, unnest(identifiers) AS identifier
    FROM (SELECT id AS article, unnest(entities, max_depth := 2) FROM corpus)
)
GROUP BY ALL;

-- Claims about the same entity in many articles: one row for each claim about a member of the view above.
CREATE OR REPLACE VIEW corpus_said_about AS
SELECT scheme, value, corpus_identities.names, article, member.entity AS entity, id AS claim, gist, voices_line, voices
FROM (SELECT *, unnest(members) AS member FROM corpus_identities) AS corpus_identities
JOIN corpus_claims ON article = member.article AND list_contains(about, member.entity);
