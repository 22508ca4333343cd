"""Running sums beside the movements: the same as adding every row up, whatever happens to rows."""

from tests.store.making import SHARED, Form, Program, projector

FORMS = (Form("stock_movement", "movement"),)


def program(tmp_path):
    made = Program(tmp_path, rings=(SHARED,))
    made.make().close()
    return made, made.archive(using=projector(FORMS))


def move(made, record, doses, to="store", day="2026-10-05", op="save"):
    answers = {"day": day, "move": "received", "lot": "lot", "from_place": "supplier"}
    return made.of("stock_movement", record, {**answers, "to_place": to, "doses": doses}, op=op)


def balance(archive):
    return archive.rows(SHARED, "SELECT place, doses, lines FROM balance ORDER BY place")


def test_rows_that_come_go_and_change_are_in_the_sums_once(tmp_path):
    made, archive = program(tmp_path)
    archive.write(SHARED, [move(made, "a", "10"), move(made, "b", "4")])
    archive.write(SHARED, [move(made, "a", "6", to="car")])
    archive.write(SHARED, [made.of("stock_movement", "b", {}, op="void")])
    assert balance(archive) == [("car", 6, 1), ("store", 0, 0), ("supplier", -6, 0)]
    assert archive.verify(SHARED) == []


def test_a_rebuild_makes_the_same_sums(tmp_path):
    made, archive = program(tmp_path)
    archive.write(SHARED, [move(made, str(at), str(at), day=f"2026-0{at}-01") for at in (1, 2, 3)])
    before = balance(archive)
    months = "SELECT month, place, doses FROM balance_of_month ORDER BY month, place"
    of_months = archive.rows(SHARED, months)
    archive.rebuild(SHARED)
    assert (balance(archive), archive.rows(SHARED, months)) == (before, of_months)
    assert ("2026-02", "store", 2) in of_months


def test_a_sum_that_was_tampered_with_is_found(tmp_path):
    made, archive = program(tmp_path)
    archive.write(SHARED, [move(made, "a", "10")])
    archive._file(SHARED).connection.execute("UPDATE balance SET doses = 9 WHERE place = 'store'")
    assert [problem.code for problem in archive.verify(SHARED)] == ["store.sums_differ"]


def test_the_reader_sees_the_sums(tmp_path):
    made, archive = program(tmp_path)
    archive.write(SHARED, [move(made, "a", "10")])
    reader = made.reader()
    assert reader.rows("SELECT doses FROM balance WHERE place = 'store'") == [(10,)]
