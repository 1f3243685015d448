-- Ready questions over a corpus of Parquet, as views of DuckDB. Whatever a view shows of a claim, event or relation
-- has the voices that put it forward beside it: `voices` or `told_by`, and `voices_line` or `told_by_line` to read.

-- One row a claim: the columns of the claim, the article it is in, and the names of the entities there.
CREATE OR REPLACE VIEW corpus_claims AS
SELECT article, names, unnest(claims, max_depth := 2)
FROM (
    SELECT id AS article, claims, map_from_entries(list_transform(entities, lambda each: (each.id, each.name))) AS names
    FROM corpus
);

-- Who relays whom: one row for two neighbours in the chain of a claim, the outer one relaying the inner one.
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

-- What is relayed against the relayer's own commitment: of the pairs above, on which side of the claim each stands
-- (for, against, open), and whether the relayer leaves it open, agrees, or stands on the other side.
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

-- Who is called what by whom: one row for an entity an evaluation is about, with the innermost voice, whose word it is.
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

-- Entities of many articles, joined by identifier: one row an identifier, with all its names and members.
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

-- What is said about the same entity in many articles: one row a claim about a member of the view above.
CREATE OR REPLACE VIEW corpus_said_about AS
SELECT scheme, value, corpus_identities.names, article, member.entity AS entity, id AS claim, gist, voices_line, voices
FROM (SELECT *, unnest(members) AS member FROM corpus_identities) AS corpus_identities
JOIN corpus_claims ON article = member.article AND list_contains(about, member.entity);
