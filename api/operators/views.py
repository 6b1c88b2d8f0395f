"""Feeds, the jobs that change them, and the log of who did what. What takes long is a job in a process of its own."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from flask import Blueprint, Response, jsonify, request, send_file, url_for

from api.feeds import jobs
from api.operators.gate import BASE, allowed, install_gate
from api.operators.orders import begun, cancelled, close_lost, named_feed, new_feed
from api.operators.uploads import saved_upload
from api.parse.bodies.operators import CompareRequest, LoadRequest, RollbackRequest
from api.parse.value_faults import RequestFault
from api.portal.folder import description_of, open_folder
from api.portal.views import RETRY_S, is_ready
from api.present.feeds import Findings, feeds_json, left_out_json, shown_json
from api.present.operators import action_json, job_json, operator_json
from api.present.pieces import Json
from api.privacy.uses import uses
from api.service import Service, json_body
from api.web.bodies import takes_long_bodies
from api.web.errors import NotMadeYet
from mobility.errors import InvalidQuery
from mobility.feeds.state import feeds_in_service, left_out
from mobility.feeds.versions import (
    kept_versions,
    report_of,
    stored_feed,
    version_in_service,
    waiting_feeds,
)
from mobility.operators.jobs import Order, Verb
from mobility.operators.log import actions
from mobility.operators.tokens import Operator, Role
from mobility.privacy.register import OPERATOR

FEEDS, JOBS = f"{BASE}/feeds", f"{BASE}/jobs"
FEED = f"{FEEDS}/<feed>"


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("operators", __name__)
    install_gate(bp, service)
    _looking(bp, service)
    _taking_files(bp, service)
    _changing_versions(bp, service)
    _jobs(bp, service)
    return bp


def _looking(bp: Blueprint, service: Service) -> None:
    @bp.get(f"{BASE}/me")
    @uses(OPERATOR)
    def me() -> Json:
        return operator_json(allowed(Role.READ))

    @bp.get(FEEDS)
    @uses(OPERATOR)
    def all_feeds() -> Json:
        allowed(Role.READ)
        serving, waiting = feeds_in_service(service.data()), waiting_feeds(service.data())
        missing = [feed.id for feed in service.config.feeds if feed.id not in {one.id for one in serving}]
        return feeds_json(serving, waiting, missing, service.today()) | left_out_json(left_out(service.data()))

    @bp.get(FEED)
    @uses(OPERATOR)
    def one_feed(feed: str) -> Json:
        allowed(Role.READ)
        data = service.data()
        findings = Findings(partial(report_of, data), partial(description_of, data))
        return shown_json(kept_versions(data, named_feed(feed)), findings, service.today())

    @bp.get(f"{FEED}/export")
    @uses(OPERATOR)
    def export(feed: str) -> Response:
        """As published; `form=served`: as it was understood."""
        allowed(Role.READ)
        version = version_in_service(service.data(), named_feed(feed))
        if request.args.get("form", "published") == "published":
            return _sent(stored_feed(service.data(), version.id, version.sha256))
        if request.args["form"] != "served":
            raise InvalidQuery("form", RequestFault.NO_FORM_OF_FEED)
        network = service.current.territory().network
        if not is_ready(service, network):
            raise NotMadeYet(RETRY_S)
        return _sent(open_folder(service.data(), network.version) / f"{version.id}.gtfs.zip")

    @bp.get(f"{BASE}/log")
    @uses(OPERATOR)
    def log() -> Json:
        allowed(Role.ADMIN)
        close_lost(service)
        return {"actions": [*map(action_json, actions(service.database()))]}


def _taking_files(bp: Blueprint, service: Service) -> None:
    @bp.post(f"{FEED}/upload")
    @uses(OPERATOR)
    @takes_long_bodies
    def upload(feed: str) -> Response:
        """The zip as the body; licence and publisher, where the config does not say them, as parameters; `force=true`:
        also what reaches less far than the version in service."""
        who, name, force = allowed(Role.LOAD), new_feed(feed), _forced()
        jobs.look_for_room(service.data(), service.config)
        licence, publisher = (request.args.get(key, "") for key in ("licence", "publisher"))
        file = saved_upload(service.data(), service.config)
        return _begun(service, who, Order(Verb.LOAD, name, str(file), licence, publisher, force=force))

    @bp.post(f"{FEED}/load")
    @uses(OPERATOR)
    def load(feed: str) -> Response:
        """From an address, or as the config names the feed."""
        who, body = allowed(Role.LOAD), json_body(LoadRequest)
        order = Order(Verb.LOAD, new_feed(feed), body.url or feed, body.licence, body.publisher, alone=body.only)
        return _begun(service, who, replace(order, force=body.force))

    @bp.post(f"{FEED}/check")
    @uses(OPERATOR)
    @takes_long_bodies
    def check(feed: str) -> Response:
        who, name = allowed(Role.LOAD), new_feed(feed)
        jobs.look_for_room(service.data(), service.config)
        return _begun(service, who, Order(Verb.CHECK, name, str(saved_upload(service.data(), service.config))))


def _changing_versions(bp: Blueprint, service: Service) -> None:
    """Of feeds that are known: to the newest one, back to an older one, to none; and what differs."""

    @bp.post(f"{FEED}/fetch")
    @uses(OPERATOR)
    def fetch(feed: str) -> Response:
        return _begun(service, allowed(Role.LOAD), Order(Verb.FETCH, named_feed(feed), force=_forced()))

    @bp.post(f"{FEED}/rollback")
    @uses(OPERATOR)
    def rollback(feed: str) -> Response:
        who, body = allowed(Role.LOAD), json_body(RollbackRequest)
        order = Order(Verb.ROLL_BACK, named_feed(feed), version=body.version, forward=body.forward)
        return _begun(service, who, replace(order, force=body.force))

    @bp.post(f"{FEED}/diff")
    @uses(OPERATOR)
    def diff(feed: str) -> Response:
        who, body = allowed(Role.LOAD), json_body(CompareRequest)
        return _begun(service, who, Order(Verb.DIFF, named_feed(feed), version=body.before, after=body.after))

    @bp.delete(FEED)
    @uses(OPERATOR)
    def remove(feed: str) -> Response:
        return _begun(service, allowed(Role.ADMIN), Order(Verb.REMOVE, named_feed(feed)))


def _jobs(bp: Blueprint, service: Service) -> None:
    @bp.get(JOBS)
    @uses(OPERATOR)
    def all_jobs() -> Json:
        allowed(Role.READ)
        close_lost(service)
        return {"jobs": [*map(job_json, jobs.jobs(service.data()))]}

    @bp.get(f"{JOBS}/<id>")
    @uses(OPERATOR)
    def one_job(id: str) -> Json:
        allowed(Role.READ)
        close_lost(service)
        return job_json(jobs.job(service.data(), id))

    @bp.delete(f"{JOBS}/<id>")
    @uses(OPERATOR)
    def cancel(id: str) -> Json:
        return job_json(cancelled(service, allowed(Role.LOAD), id))


def _begun(service: Service, who: Operator, order: Order) -> Response:
    job = begun(service, who, order)
    response = jsonify(job_json(job))
    response.status_code = 202
    response.headers["Location"] = url_for("operators.one_job", id=job.id)
    return response


def _forced() -> bool:
    """Raises InvalidQuery."""
    said = request.args.get("force", "false")
    if said not in ("true", "false"):
        raise InvalidQuery("force", RequestFault.NOT_TRUE_OR_FALSE)
    return said == "true"


def _sent(file: Path) -> Response:
    return send_file(file, "application/zip", as_attachment=True, download_name=file.name, etag=file.stem)
