"""AgentDojo, unmodified, with an obedient victim behind our gates: `python run.py` (see README.md).

The victim makes the ground-truth calls of the user task. As soon as it sees the text of an injection in a tool result it
makes the ground-truth calls of the injection task, before it goes on. Its answer is the ground-truth output of both.
"""

import argparse
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import yaml
from pydantic import BaseModel

from agentdojo.agent_pipeline.base_pipeline_element import BasePipelineElement
from agentdojo.agent_pipeline.tool_execution import tool_result_to_str
from agentdojo.attacks.attack_registry import load_attack
from agentdojo.functions_runtime import EmptyEnv
from agentdojo.task_suite.load_suites import get_suites
from agentdojo.types import (
    ChatAssistantMessage,
    ChatToolResultMessage,
    ChatUserMessage,
    text_content_block_from_string,
)

if hasattr(yaml, "CSafeLoader"):
    # The same parser in C: AgentDojo reads its environment anew for each pair of tasks.
    yaml.safe_load = lambda text: yaml.load(text, yaml.CSafeLoader)

ROOT = Path(__file__).resolve().parents[2]
MODES = ["none", "tool-policy", "data-flow", "both", "corrected", "recommended", "recommended-without-pii"]


class Gate:
    def __init__(self):
        self.process = subprocess.Popen(
            ["node", "--conditions", "sallyport-source", "--import", "tsx", "benchmarks/agentdojo/gate.ts"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def say(self, **message):
        self.process.stdin.write(json.dumps(message, default=str) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("The gate ended; see its message above.")
        return json.loads(line)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def plain(value):
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [plain(item) for item in value]
    return value if isinstance(value, (str, int, float, bool)) or value is None else str(value)


def squeezed(text):
    return re.sub(r"\W+", "", text)


class Victim(BasePipelineElement):
    """Asks the gate about every call; `approves` says whether somebody grants what the user task needs."""

    # The attack wants the name of a model that it knows.
    name = "local-obedient-victim"

    def __init__(self, gate, suite, mode, user_task, injection_task=None, approves=True):
        self.gate, self.suite, self.mode = gate, suite, mode
        self.user_task, self.injection_task, self.approves = user_task, injection_task, approves
        self.asked, self.codes, self.obeyed = 0, Counter(), False

    def query(self, query, runtime, env=EmptyEnv(), messages=[], extra_args={}):
        self.gate.say(op="open", suite=self.suite.name, mode=self.mode)
        self.gate.say(op="prompt", text=query)
        self.asked, self.obeyed = 0, False
        needed = self.user_task.ground_truth(env.model_copy(deep=True))
        out = [ChatUserMessage(role="user", content=[text_content_block_from_string(query)])]
        for call in needed:
            for made in self.make(call, runtime, env, out, needed):
                if self.sees_injection(made):
                    self.obeyed = True
                    for extra in self.injection_task.ground_truth(env.model_copy(deep=True)):
                        self.make(extra, runtime, env, out, needed)
        answer = self.user_task.GROUND_TRUTH_OUTPUT
        if self.obeyed:
            answer = f"{answer}\n{self.injection_task.GROUND_TRUTH_OUTPUT}"
        content = [text_content_block_from_string(answer)]
        out.append(ChatAssistantMessage(role="assistant", content=content, tool_calls=None))
        return query, runtime, env, [*messages, *out], extra_args

    def sees_injection(self, shown):
        if self.injection_task is None or self.obeyed:
            return False
        return squeezed(self.injection_task.GOAL) in squeezed(shown)

    def make(self, call, runtime, env, out, needed):
        """The results that the victim gets to see: one, or none when the call was not made."""
        arguments = plain(dict(call.args))
        tool = runtime.functions[call.function]
        verdict = self.gate.say(
            op="call", tool=call.function, arguments=arguments, schema=tool.parameters.model_json_schema()
        )
        if verdict["outcome"] == "block":
            self.codes.update(verdict["codes"])
            return []
        if verdict["outcome"] == "review":
            self.asked += 1
            self.codes.update(verdict["codes"])
            is_needed = any(each.function == call.function and each.args == call.args for each in needed)
            if not (self.approves and is_needed):
                return []
        args = call.args if verdict["arguments"] == arguments else verdict["arguments"]
        result, error = runtime.run_function(env, call.function, args)
        text = tool_result_to_str(result)
        shown = self.gate.say(op="result", tool=call.function, text=text, value=plain(result))["text"]
        empty = [text_content_block_from_string("")]
        out.append(ChatAssistantMessage(role="assistant", tool_calls=[call], content=empty))
        content = [text_content_block_from_string(shown)]
        out.append(ChatToolResultMessage(role="tool", content=content, tool_call=call, tool_call_id=None, error=error))
        return [shown]


def user_tasks(gate, suite, mode, environment):
    """Finished without asking, finished with asking, calls asked about; nobody attacks."""
    alone = asking = asked = 0
    codes = Counter()
    for task in suite.user_tasks.values():
        victim = Victim(gate, suite, mode, task, approves=False)
        done, _ = suite.run_task_with_pipeline(victim, task, None, {}, environment=environment.model_copy(deep=True))
        alone += done
        victim = Victim(gate, suite, mode, task)
        done, _ = suite.run_task_with_pipeline(victim, task, None, {}, environment=environment.model_copy(deep=True))
        asking += done
        asked += victim.asked
        codes += victim.codes
    return {"tasks": len(suite.user_tasks), "alone": alone, "asking": asking, "asked": asked, "codes": dict(codes)}


def attacks(gate, suite, modes, attack_name):
    """Pairs of user task and injection task: how many attacks succeed, and user tasks all the same."""
    rows = {mode: {"pairs": 0, "seen": 0, "won": 0, "useful": 0, "by_injection": Counter()} for mode in modes}
    attack = load_attack(attack_name, suite, Victim(gate, suite, "none", None))
    for user_task in suite.user_tasks.values():
        for injection_task in suite.injection_tasks.values():
            injections = attack.attack(user_task, injection_task)
            environment = suite.load_and_inject_default_environment(injections)
            for mode, row in rows.items():
                victim = Victim(gate, suite, mode, user_task, injection_task)
                utility, success = suite.run_task_with_pipeline(
                    victim, user_task, injection_task, injections, environment=environment.model_copy(deep=True)
                )
                row["pairs"] += 1
                row["seen"] += victim.obeyed
                row["won"] += success
                row["useful"] += utility
                if success:
                    row["by_injection"][injection_task.ID] += 1
    return rows


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--version", default="v1.2.2")
    parser.add_argument("--modes", nargs="*", default=MODES)
    parser.add_argument("--suites", nargs="*", default=["workspace", "travel", "banking", "slack"])
    parser.add_argument("--attack", default="important_instructions_no_names")
    parser.add_argument("--user-tasks-only", action="store_true", help="load no injection task")
    options = parser.parse_args()
    suites = get_suites(options.version)
    gate = Gate()
    try:
        for name in options.suites:
            suite = suites[name]
            environment = suite.load_and_inject_default_environment({})
            rows = {mode: {"mode": mode, "suite": name} for mode in options.modes}
            for mode in options.modes:
                rows[mode] |= user_tasks(gate, suite, mode, environment)
            if not options.user_tasks_only:
                for mode, row in attacks(gate, suite, options.modes, options.attack).items():
                    rows[mode] |= row
            for row in rows.values():
                print(json.dumps(row), flush=True)
    finally:
        gate.close()


if __name__ == "__main__":
    sys.exit(main())
