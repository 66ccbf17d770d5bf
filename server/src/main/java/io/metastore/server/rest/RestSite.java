package io.metastore.server.rest;

import io.metastore.server.http.Answer;
import io.metastore.server.http.Exchange;
import io.metastore.server.http.Site;
import io.metastore.server.model.KeyRange;
import io.metastore.server.node.Credentials;
import io.metastore.server.node.Node;
import io.metastore.server.node.RangePages;
import io.metastore.server.request.Range;
import io.metastore.server.watch.WatchSpec;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The key space by its paths. Requests wait until the member is ready: one that is still going through its log would
/// answer by what held at that moment of it.
final class RestSite implements Site {
    private static final Logger LOG = LoggerFactory.getLogger(RestSite.class);

    private final Node node;
    private final Replies replies;
    private final Callers callers;
    private final KeyCalls keys;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    RestSite(Node node, Replies replies, Callers callers) {
        this.node = node;
        this.replies = replies;
        this.callers = callers;
        this.keys = new KeyCalls(node, replies);
    }

    void ready() {
        ready.complete(null);
    }

    /// Nothing: pages of browsers have no business here.
    @Override
    public Map<String, String> headers(HttpHeaders request) {
        return Map.of();
    }

    @Override
    public void serve(Exchange exchange) {
        var _ = ready.thenRunAsync(() -> contained(exchange), exchange.loop());
    }

    private void contained(Exchange exchange) {
        try {
            route(exchange);
        } catch (BadRequestException e) {
            exchange.answer(Replies.bad(e.what()));
        } catch (RuntimeException e) {
            // Whatever is wrong with this request, the others on this loop go on, and its client hears of it.
            LOG.atError().setCause(e).log("a REST request failed");
            exchange.answer(Answer.error(HttpResponseStatus.INTERNAL_SERVER_ERROR, "internal server error"));
        }
    }

    private void route(Exchange exchange) {
        var method = exchange.request().method();
        if (method.equals(HttpMethod.PUT)) {
            serve(Replies.Call.PUT, exchange);
        } else if (method.equals(HttpMethod.DELETE)) {
            serve(Replies.Call.DELETE, exchange);
        } else if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            serve(Replies.Call.GET, exchange);
        } else {
            exchange.answer(Replies.notAllowed());
        }
    }

    private void serve(Replies.Call call, Exchange exchange) {
        var ask = Ask.parse(exchange.request());
        if (node.isLearner()) {
            exchange.answer(Replies.ofLearner(call));
            return;
        }
        callers.identify(exchange, identity -> {
            switch (identity) {
                case Callers.Identity.Known(var who) ->
                    node.whenKnown(who, exchange.loop(), () -> carryOut(who, ask, exchange));
                case Callers.Identity.Unknown(var reason) -> exchange.answer(replies.refused(call, reason));
            }
        });
    }

    private void carryOut(Credentials who, Ask ask, Exchange exchange) {
        switch (ask) {
            case Ask.Store store -> keys.store(who, store, exchange);
            case Ask.Remove remove -> keys.remove(who, remove, exchange);
            case Ask.Fetch fetch -> keys.fetch(who, fetch, exchange);
            case Ask.Listing listing -> list(who, listing, exchange);
            case Ask.Watching watching -> watch(who, watching, exchange);
        }
    }

    /// On a thread of its own, since it reads much.
    private void list(Credentials who, Ask.Listing ask, Exchange exchange) {
        node.linearizable(Runnable::run, refusal -> {
            if (refusal.isPresent()) {
                exchange.answer(replies.refused(Replies.Call.GET, refusal.get()));
            } else {
                Thread.ofVirtual().name("rest-listing").start(() -> answer(ask, pages(who, ask), exchange));
            }
        });
    }

    private void answer(Ask.Listing ask, RangePages pages, Exchange exchange) {
        exchange.answer(
                switch (Page.read(ask, pages)) {
                    case Page.Result.Text(var revision, var json) ->
                        Answer.json(json).with(Replies.REVISION, Long.toString(revision));
                    case Page.Result.Refused(var reason) -> replies.refused(Replies.Call.GET, reason);
                });
    }

    private RangePages pages(Credentials who, Ask.Listing ask) {
        return node.pages(
                who,
                new Range(
                        ask.keys(),
                        0,
                        ask.revision(),
                        Range.Sort.NONE,
                        ask.keysOnly() ? Range.Detail.KEYS_ONLY : Range.Detail.FULL,
                        Range.RevisionBounds.NONE,
                        true));
    }

    private void watch(Credentials who, Ask.Watching ask, Exchange exchange) {
        var refusal = node.refusesWatch(who, ask.keys());
        if (refusal.isPresent()) {
            exchange.answer(replies.refused(Replies.Call.GET, refusal.get()));
            return;
        }
        var events = new EventStream(exchange);
        var stream = node.watch(events);
        exchange.onWritable(stream::resume);
        exchange.onGone(() -> {
            events.stop();
            stream.close();
        });
        stream.create(spec(ask.keys(), ask.from()));
    }

    private static WatchSpec spec(KeyRange keys, long from) {
        return WatchSpec.of(keys).from(from).withProgress();
    }
}
