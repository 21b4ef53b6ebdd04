"""The phone round: one card after the other; each answer is in the file before the next card."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Sequence

from epncli.cli.call import answers, keys, questions, summary
from epncli.cli.call.card import call_card
from epncli.cli.call.keys import Answer
from epncli.cli.call.written import Given, take_back, write
from epncli.cli.clock import today
from epncli.cli.screen import terminal
from epncli.cli.screen.listing import name_of
from epncli.cli.screen.table import make_console
from epncli.cli.session import Session, say_file, say_warnings
from epncli.cli.temporary_closing import say_closed
from epncli.display.state import States
from epncli.errors import EpnError
from epncli.i18n import _, language, ngettext, number
from epncli.model.fields import label_in_sentence
from epncli.model.structure import Structure
from epncli.problems import Problem
from epncli.query.to_call import can_be_called
from epncli.registry.changes import ChangeOutcome
from epncli.registry.registry import difference
from epncli.rules.dates import in_words
from epncli.system import signals


class Round:
    """The structures to call, where the round is, and the answers that were given."""

    def __init__(self, session: Session, to_call: Sequence[Structure]) -> None:
        self.session = session
        self.to_call = list(to_call)
        self.at = 0
        self.given: list[Given] = []
        self._passed: set[int] = set()
        self._ended = False
        self._handlers: dict[Answer, Callable[[Structure], bool]] = {
            Answer.RIGHT: self._right,
            Answer.CHANGED: self._changed,
            Answer.CLOSED: self._closed,
            Answer.CLOSED_FOR_A_TIME: self._closed_for_a_time,
            Answer.CALL_BACK: self._call_back,
            Answer.NO_ANSWER: self._no_answer,
            Answer.WRONG_NUMBER: self._wrong_number,
            Answer.SKIP: lambda _structure: True,
        }

    def run(self) -> None:
        """Show the cards and write the answers, until the end or a key to quit.

        Raises InputClosed for Ctrl-C and at the end of input. What was done is said in any case.
        """
        say_file(self.session.path, 1, self.session.registry.titre)
        self.session = dataclasses.replace(self.session, in_series=True)
        with signals.clean_up(self._say_end):
            while self.at < len(self.to_call):
                structure = self._current()
                if structure is None:
                    self._passed.add(self.at)
                    self.at += 1
                    continue
                self._show(structure)
                try:
                    self.at = self._ask(structure)
                except terminal.InputClosed:
                    raise
                except EpnError as error:  # the card is shown again, as the file is now
                    terminal.report(error)

    def _current(self) -> Structure | None:
        """The structure to call next, read again; None if somebody else has settled or removed it."""
        signals.begin_change()
        self.session = self.session.read_again()
        wanted = self.to_call[self.at]
        same = [one for one in self.session.registry.structures if one.id == wanted.id]
        name = name_of(wanted)
        if len(same) > 1:
            terminal.say(_("{name}: left out, because several structures have its id").format(name=name))
            return None
        if (
            same
            and can_be_called(same[0], today())
            and (same[0].date_maj, same[0].rappeler_le) == (wanted.date_maj, wanted.rappeler_le)
        ):
            return same[0]
        terminal.say(_("{name}: left out, because someone else has settled it").format(name=name))
        return None

    def _show(self, structure: Structure) -> None:
        progress = f"{number(self.at + 1)}/{number(len(self.to_call))}"
        shown = call_card(self.session.registry, structure, progress, make_console())
        sys.stdout.write(f"\n{shown}\n\n")
        terminal.flush()

    def _ask(self, structure: Structure) -> int:
        """Ask for keys until the round goes on, and return the position of the next card."""
        while True:
            terminal.say_unwrapped(keys.legend(terminal.columns()))
            answer = keys.ask()
            try:
                place = self._carry_out(answer, structure)
            except terminal.InputClosed:  # Ctrl-D at a question
                terminal.say("\n" + _("nothing was written"))
                continue
            if place is not None:
                return place

    def _carry_out(self, answer: Answer, structure: Structure) -> int | None:
        """Do what a key says, and return the position of the next card; None to ask for another key."""
        if answer is Answer.HELP:
            keys.say_help()
            return None
        if answer is Answer.UNDO:
            return self._undo()
        if answer is Answer.QUIT:
            return len(self.to_call)
        return self.at + 1 if self._handlers[answer](structure) else None

    def _right(self, structure: Structure) -> bool:
        outcome = self._write(Answer.RIGHT, structure, answers.settled(structure, today()))
        words = _("{name}: confirmed today")
        if outcome.nothing_done:
            self._passed.add(self.at)
            words = _("{name}: already confirmed today; nothing to do")
        terminal.say(words.format(name=name_of(structure)))
        return True

    def _changed(self, structure: Structure) -> bool:
        asked = questions.changed(structure)
        if asked is None:
            return self._edited(structure)
        after, warnings = asked
        answer = Answer.RIGHT if after == structure else Answer.CHANGED
        self._write(answer, structure, answers.settled(after, today()), warnings)
        self._say_changed(structure, after)
        return True

    def _edited(self, structure: Structure) -> bool:
        from epncli.cli.editor import edit_record

        done = edit_record(self.session, structure, lambda _before, after: answers.settled(after, today()))
        if done is None or done.outcome is None:
            terminal.say(_("{name}: nothing to change").format(name=name_of(structure)))
            return False
        self._note(Answer.CHANGED, done.outcome)
        self._say_changed(structure, done.change.after or structure)
        say_warnings(done.warnings)
        return True

    def _say_changed(self, before: Structure, after: Structure) -> None:
        fields = [name for name in difference(before, after) if name not in ("date_maj", "rappeler_le")]
        words = _("{name}: changed {fields}") if fields else _("{name}: confirmed today")
        named = ", ".join(map(label_in_sentence, fields))
        terminal.say(words.format(name=name_of(after), fields=named))

    def _closed(self, structure: Structure) -> bool:
        structures = self.session.registry.structures
        after, warnings = questions.closed(structures, structure)
        self._write(Answer.CLOSED, structure, answers.settled(after, today()), warnings)
        words = States((*structures, after)).state(after, language())
        terminal.say(_("{name}: {closed}").format(name=name_of(after), closed=words))
        return True

    def _closed_for_a_time(self, structure: Structure) -> bool:
        after, warnings = questions.closed_for_a_time(structure)
        if after is structure:
            words = _("{name}: already has this interval; nothing to do")
            terminal.say(words.format(name=name_of(structure)))
            return False
        after = answers.settled(after, today())
        self._write(Answer.CLOSED_FOR_A_TIME, structure, after, warnings)
        say_closed(structure, after)
        return True

    def _call_back(self, structure: Structure) -> bool:
        after = answers.called_back(structure, questions.day_to_call())
        self._write(Answer.CALL_BACK, structure, after)
        self._say_next_call(after)
        return True

    def _wrong_number(self, structure: Structure) -> bool:
        wrong = questions.wrong_number(structure)
        after = answers.misdialled(structure, wrong, today())
        self._write(Answer.WRONG_NUMBER, structure, after)
        self._say_next_call(after)
        return True

    def _no_answer(self, structure: Structure) -> bool:
        after = answers.unanswered(structure, today())
        outcome = self._write(Answer.NO_ANSWER, structure, after)
        self._say_next_call(after)
        days = answers.unanswered_days(after, today())
        if days >= answers.PROBABLY_CLOSED:
            self._offer_to_close(outcome, after, days)
        return True

    def _offer_to_close(self, outcome: ChangeOutcome, structure: Structure, days: int) -> None:
        words = ngettext(
            "{name}: no answer on {count} day in a row: it has probably closed",
            "{name}: no answer on {count} days in a row: it has probably closed",
            days,
        )
        terminal.say(words.format(name=name_of(structure), count=number(days)))
        try:
            if not terminal.says_yes(_("Mark it as closed?")):
                return
            self.session = dataclasses.replace(self.session, registry=outcome.after)
            [now] = [one for one in outcome.after.structures if one.id == structure.id]
            self._closed(now)
        except terminal.InputClosed:
            terminal.say("\n" + _("nothing was written"))
        except EpnError as error:
            terminal.report(error)

    def _say_next_call(self, structure: Structure) -> None:
        words = _("{name}: to call again on {day}")
        terminal.say(words.format(name=name_of(structure), day=in_words(structure.rappeler_le)))

    def _write(
        self, answer: Answer, before: Structure, after: Structure, warnings: Sequence[Problem] = ()
    ) -> ChangeOutcome:
        outcome = write(self.session, before, after, warnings)
        self._note(answer, outcome)
        return outcome

    def _note(self, answer: Answer, outcome: ChangeOutcome) -> None:
        if not outcome.nothing_done:
            self.given.append(Given(self.at, answer, outcome))

    def _undo(self) -> int | None:
        """Take back the last answer, and return the position of its card; None if there is none."""
        if not self.given:
            terminal.say(_("no answer was given in this round; ‘epn undo’ takes back earlier ones"))
            return None
        last = self.given[-1]
        take_back(self.session, last)
        self.given.pop()
        self.to_call[last.at] = last.before
        self._passed = {at for at in self._passed if at < last.at}
        terminal.say(_("{name}: the answer was taken back").format(name=name_of(last.before)))
        return last.at

    def _say_end(self) -> None:
        """Say what was done and what is left, once."""
        if self._ended:
            return
        self._ended = True
        done = summary.in_words(one.answer for one in self.given)
        left = len(self.to_call) - len({one.at for one in self.given} | self._passed)
        rest = ngettext("{count} left to call", "{count} left to call", left).format(count=number(left))
        if done and left:
            terminal.say("\n" + _("{done}; {left}").format(done=done, left=rest))
        elif done or left:
            terminal.say("\n" + (done or rest))
        if done:
            self.session.say_undo(self.given[-1].outcome)
            summary.say_commit(self.session.path, done)
