package io.metastore.server.rest;

import com.google.gson.stream.JsonWriter;
import io.metastore.server.http.Answer;
import io.metastore.server.http.Exchange;
import io.metastore.server.model.Event;
import io.metastore.server.watch.WatchEvent;
import io.metastore.server.watch.WatchMessage;
import io.metastore.server.watch.WatchSink;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Changes as server-sent events. The id of an event is its revision, and only the last of a revision has one: who goes
/// on after an id misses nothing and sees no change twice but those of a revision that was cut off in the middle.
///
///     event: put                          event: progress      event: compacted
///     data: {"key":"a","value":"b",…}     id: 9                data: {"compactRevision":5}
///     id: 7                               data: {}
final class EventStream implements WatchSink {
    private static final int PULSE_SECONDS = 15;
    /// A comment, so that whoever stands between does not take the connection for dead.
    private static final byte[] PULSE = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private final Exchange exchange;
    private @Nullable ScheduledFuture<?> pulse;

    EventStream(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public boolean ready() {
        return exchange.isWritable();
    }

    @Override
    public void deliver(List<WatchMessage> messages) {
        for (var message : messages) {
            tell(message);
        }
    }

    @Override
    public void ended(Ending ending) {
        end();
    }

    private void tell(WatchMessage message) {
        switch (message) {
            case WatchMessage.Created(var _, var revision) -> begin(revision);
            case WatchMessage.Refused(var refusal, var _) -> exchange.answer(Replies.bad(text(refusal)));
            case WatchMessage.Denied(var reason, var _) ->
                exchange.answer(Answer.error(HttpResponseStatus.FORBIDDEN, reason));
            case WatchMessage.Events(var _, var _, var events, var _) -> write(events);
            case WatchMessage.Progress(var _, var revision) ->
                write("event: progress\nid: " + revision + "\ndata: {}\n\n");
            case WatchMessage.Compacted(var _, var revision) -> {
                write("event: compacted\ndata: {\"compactRevision\":" + revision + "}\n\n");
                end();
            }
            case WatchMessage.Cancelled _ -> end();
        }
    }

    private static String text(WatchMessage.Refusal refusal) {
        return switch (refusal) {
            case EMPTY_RANGE -> "no key is in the range";
            case DUPLICATE_ID, NEGATIVE_START -> throw new IllegalStateException("a watch was refused: " + refusal);
        };
    }

    private void begin(long revision) {
        exchange.begin(
                HttpResponseStatus.OK,
                Map.of(
                        "Content-Type",
                        "text/event-stream; charset=utf-8",
                        "Cache-Control",
                        "no-store",
                        Replies.REVISION,
                        Long.toString(revision)));
        pulse = exchange.loop()
                .scheduleAtFixedRate(() -> exchange.write(PULSE), PULSE_SECONDS, PULSE_SECONDS, TimeUnit.SECONDS);
    }

    private void end() {
        stop();
        exchange.end();
    }

    /// The client has gone, or needs no more.
    void stop() {
        if (pulse != null) {
            pulse.cancel(false);
        }
    }

    private void write(List<WatchEvent> events) {
        var text = new StringBuilder();
        for (int index = 0; index < events.size(); index++) {
            var row = events.get(index).event().keyValue();
            boolean lastOfRevision = index + 1 == events.size()
                    || events.get(index + 1).event().keyValue().modRevision() != row.modRevision();
            text.append(text(events.get(index).event()));
            if (lastOfRevision) {
                text.append("id: ").append(row.modRevision()).append('\n');
            }
            text.append('\n');
        }
        write(text.toString());
    }

    private static String text(Event event) {
        var text = new StringWriter();
        try (var json = new JsonWriter(text)) {
            switch (event.kind()) {
                case PUT -> {
                    text.append("event: put\ndata: ");
                    Rows.write(json, event.keyValue(), true);
                }
                case DELETE -> {
                    text.append("event: delete\ndata: ");
                    Rows.writeDeleted(json, event.keyValue());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot be written", e);
        }
        return text.append('\n').toString();
    }

    private void write(String text) {
        exchange.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
