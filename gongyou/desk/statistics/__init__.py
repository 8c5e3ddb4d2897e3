"""How many workers asked about what, where and against whom, by closed weeks; and early warnings.

Why nobody can learn of fewer than five people from what is published:

1. The unit is a worker (a conversation), and each counts once a week, in exactly one class.
2. `classes.form_classes` makes those classes: five workers or more each. Who cannot be told apart
   by topic, employer, park and city in company of four others is told apart by less, and at last
   not counted at all.
3. A class is all that is stored (`weekly_counts`), and everything shown anywhere, to anybody, in
   pages, alerts and reports, is a sum of whole classes. So two figures of a week, whatever region,
   topic, employer, park or officer they are for, differ by whole classes: by nobody, or by five and
   more. There is no total that also counts those left out, from which parts could be taken away.
4. A coarse class ("other topics") is made only when its workers could be spread over the finer
   groups it stands for with any one of them empty (`classes._hides`): from "six, in two groups of
   at most four" one could tell that neither is empty.
5. A week is published once, after it has ended (`snapshots`), and never again: a case that is
   withdrawn, erased or corrected later changes no figure, and makes no difference to be taken.
   Weeks have no worker in common as far as one can see, for a class holds no identity.
6. An officer sees a class when every case that could be in it is in their scope (`sight`), not a
   count of their own: two officers' figures differ by whole classes as well.

What is learned is that an unlisted group has fewer than five workers, or too few beside it. Not
helped is against who opens chats of their own making to fill a cell: a worker has no account, and
four false ones beside a true one are five.
tests/desk/test_statistics_attack.py attacks this: pairs of queries, totals minus parts, weeks,
officers, and every possible world of a small town.
"""
