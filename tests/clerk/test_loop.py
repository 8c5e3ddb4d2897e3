"""The clerk's jobs go on by themselves, whatever befalls one of them."""

import threading

from gongyou.clerk.loop import serve

DEADLINE = 30.0


def test_jobs_run_until_they_are_told_to_stop():
    stop, seen = threading.Event(), []

    def job() -> bool:
        seen.append(1)
        if len(seen) == 3:
            stop.set()
        return True

    serve({"count": job}, stop, pause=DEADLINE)
    assert len(seen) == 3


def test_a_job_that_found_nothing_rests():
    stop = threading.Event()
    rests: list[float] = []

    class Resting(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            rests.append(timeout or 0)
            self.set()
            return True

    stop = Resting()
    serve({"idle": lambda: False}, stop, pause=2.0)
    assert rests == [2.0]


def test_a_failing_job_is_logged_by_its_type_only_and_tried_again(caplog):
    stop, seen = threading.Event(), []

    def job() -> bool:
        seen.append(1)
        if len(seen) == 2:
            stop.set()
            return True
        raise RuntimeError("张三的电话")

    serve({"fails": job}, stop, pause=0)
    assert len(seen) == 2
    assert "RuntimeError" in caplog.text and "张三" not in caplog.text


def test_a_slow_job_does_not_keep_the_others():
    stop, let_go = threading.Event(), threading.Event()

    def slow() -> bool:
        assert let_go.wait(DEADLINE)
        return False

    def quick() -> bool:
        let_go.set()
        stop.set()
        return False

    serve({"slow": slow, "quick": quick}, stop)
    assert let_go.is_set()
