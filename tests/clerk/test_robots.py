"""Robots: the JSON that 企业微信 and 钉钉 ask for, and what their answers mean."""

import base64
import hashlib
import hmac

import pytest

from gongyou.clerk.channels import InDoubt, Letter, NotSent
from gongyou.clerk.robots import RobotWay

WECOM, DINGTALK = "wecombot://693a91f6-7Xxx-4bc4", "dingtalk://SECabc123@5c6d7E"
LETTER = Letter(subject="", text="【工友】5 号工单的当事人有新消息", key="k")


def nothing() -> None:
    pass


def test_wecom_gets_a_text_message(robot_server):
    """https://developer.work.weixin.qq.com/document/path/91770"""
    RobotWay([WECOM]).send(LETTER, nothing)
    (post,) = robot_server.posts
    assert post.path == "/cgi-bin/webhook/send"
    assert post.query == {"key": "693a91f6-7Xxx-4bc4"}
    assert post.media == "application/json"
    assert post.body == {"msgtype": "text", "text": {"content": LETTER.text}}


def test_dingtalk_gets_a_text_message_with_a_signature_that_fits(robot_server):
    """https://open.dingtalk.com/document/robots/customize-robot-security-settings"""
    RobotWay([DINGTALK]).send(LETTER, nothing)
    (post,) = robot_server.posts
    assert post.path == "/robot/send"
    assert post.query["access_token"] == "5c6d7E"
    signed = f"{post.query['timestamp']}\nSECabc123".encode()
    mac = hmac.new(b"SECabc123", signed, hashlib.sha256).digest()
    assert post.query["sign"] == base64.b64encode(mac).decode()
    assert post.body["msgtype"] == "text"
    assert post.body["text"] == {"content": LETTER.text}
    assert post.body["at"]["isAtAll"] is False


def test_dingtalk_without_a_secret_is_not_signed(robot_server):
    RobotWay(["dingtalk://5c6d7E"]).send(LETTER, nothing)
    assert robot_server.posts[0].query == {"access_token": "5c6d7E"}


def test_a_letter_goes_to_the_robot_it_names(robot_server):
    way = RobotWay([WECOM, DINGTALK])
    assert way.receivers == 2
    way.send(Letter("", "t", "k", robot=1), nothing)
    assert [post.path for post in robot_server.posts] == ["/robot/send"]


def test_a_robot_no_longer_in_the_settings_is_not_tried(robot_server):
    with pytest.raises(NotSent, match="not configured") as error:
        RobotWay([WECOM]).send(Letter("", "t", "k", robot=1), nothing)
    assert not error.value.again


@pytest.mark.parametrize("code", [93000, 45009, 310000])
def test_an_error_in_a_200_is_no_success(robot_server, code):
    robot_server.answer = b'{"errcode":%d,"errmsg":"invalid webhook url"}' % code
    with pytest.raises(NotSent, match=f"errcode {code}") as error:
        RobotWay([WECOM]).send(LETTER, nothing)
    assert error.value.again


@pytest.mark.parametrize("status", [302, 400, 404, 429, 503])
def test_a_refusal_is_surely_unsent(robot_server, status):
    robot_server.status = status
    with pytest.raises(NotSent, match=f"http {status}"):
        RobotWay([WECOM]).send(LETTER, nothing)


@pytest.mark.parametrize("status", [500, 502, 504])
def test_behind_a_broken_gateway_it_may_have_arrived(robot_server, status):
    robot_server.status = status
    with pytest.raises(InDoubt, match=f"http {status}"):
        RobotWay([WECOM]).send(LETTER, nothing)


@pytest.mark.parametrize("answer", [b"<html>", b"[]", b"{}"])
def test_an_answer_nobody_understands_is_a_doubt(robot_server, answer):
    robot_server.answer = answer
    with pytest.raises(InDoubt, match="not understood"):
        RobotWay([WECOM]).send(LETTER, nothing)


def test_no_connection_is_surely_unsent(robot_server):
    robot_server.__exit__()
    with pytest.raises(NotSent, match="unreachable"):
        RobotWay([WECOM]).send(LETTER, nothing)


@pytest.mark.parametrize("stage", ["end", "taken"])
def test_no_answer_is_a_doubt(robot_server, stage):
    robot_server.holding.ask(stage)
    with pytest.raises(InDoubt, match="no answer"):
        RobotWay([WECOM], answer=0.1).send(LETTER, nothing)


def test_what_stops_it_before_the_end_leaves_nothing_delivered(robot_server):
    def stop() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        RobotWay([WECOM]).send(LETTER, stop)
    assert robot_server.posts == []
