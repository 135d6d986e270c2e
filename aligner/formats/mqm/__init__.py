"""Reviewers' error annotations in the forms that evaluation of translation uses.

judged.py       what each reviewer said of each sentence, with spans in the sentence's text
google.py       the table of Google's MQM and of Marot, spans as <v> marks
metrics.py      JSON Lines of mt-metrics-eval, spans as Python characters
pearmut.py      a campaign of Pearmut, spans in UTF-16 units with an inclusive end
own.py          this program's JSON Lines, spans in the documents; nothing is lost
"""
