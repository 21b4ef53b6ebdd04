"""Names and values for random registries, difficult ones in particular."""

from __future__ import annotations

FIELDS = (
    "nom", "commune", "code_postal", "adresse", "telephones", "courriels", "statut", "date_fermeture",
    "motif_fermeture", "notes", "inconnu", "un champ à moi", "x-y",
)  # fmt: skip
ORDER = ("id", *FIELDS[:10])
PLAIN = (
    "Microlithe", "01 46 36 70 13", "75020", "0142612774", "no", "~", "null", "12:30", "2014-09",
    "Centre d’animation “Daviel”", "c'est l'annexe", "http://www.exemple.fr/a?b=c&d#e",
    "-1", "a#b", "x - y",
    "👩‍💻 numérique", "salle:3", "é", "+33146367013", "-tiret", "<<", "=", "100 %", "a b  c",
    'dit "oui"', "l!", "a&b", "a*", "B\\n", "---a", "Île–de–France",
)  # fmt: skip
PLAIN_ONLY_IN_BLOCK = ("rue X, [bis]", ":deux", "?quoi", "a, b", "à [b", "x}", "Relais 59 ]", "a,")
QUOTED = (
    "", " ", "a: b", "# pas un commentaire", "- a", "[a, b]", "{",
    "l'annexe", 'dit "oui"', "fin #3", " bord ", "@a",
    "`", "%", "a\tb", "oui", "0", "👍", "nom: x", "--- a", "...", ",", "!tag", "&a",
    "*b", "a\\b", "C:\\temp", "|", ">",
)  # fmt: skip
VALUES = (
    *PLAIN, *PLAIN_ONLY_IN_BLOCK, *QUOTED, "deux\nlignes", "trois\n\nlignes\n", "\n", "\n\n", "a\n",
    " a\nb", "a\n b",
    "a \nb", "\ta\nb", "a\n\tb", "a\n  \nb", "\x00", "\x1b[31m", "\x7f", "\x85",
    "a\u2028b", "\ufeff", "\r", "a\r\nb",
    "a\u00a0b", "\u00a0", "…", "\U0010ffff", "\ue123", "\ufffe",
    "x" * 200, "mot " * 40 + "fin", "# a\nb", "- a\n- b",
    "a: b\nc: d", "---\na", "...\n", "a\n---\n", "é\n👍\n",
)  # fmt: skip
"""What people and other programs hand to --set, import and the editor."""
