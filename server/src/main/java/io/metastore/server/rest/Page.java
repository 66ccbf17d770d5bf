package io.metastore.server.rest;

import com.google.gson.stream.JsonWriter;
import io.metastore.server.model.KeyValue;
import io.metastore.server.node.RangePages;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;

/// One page of a listing. It ends at the limit of its rows, or with the row that makes it large.
///
///     {"revision":7,"keys":[{"key":"a",...}],"continue":"AAAAAAAAAAdh"}
final class Page {
    private static final int PIECE = 100;
    private static final int LARGE = 4 << 20;

    private final Ask.Listing ask;
    private final StringWriter text = new StringWriter();
    private final JsonWriter json = new JsonWriter(text);
    private int rows;

    private Page(Ask.Listing ask) {
        this.ask = ask;
    }

    /// What became of a listing.
    sealed interface Result {
        record Text(long revision, String json) implements Result {}

        record Refused(Reason reason) implements Result {}
    }

    /// Reads it. Blocks.
    static Result read(Ask.Listing ask, RangePages pages) {
        try {
            return new Page(ask).read(pages);
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot be written", e);
        }
    }

    private Result read(RangePages pages) throws IOException {
        var piece = pages.next(Math.min(PIECE, ask.limit()));
        if (piece instanceof Outcome.RangeDone first) {
            long revision = ask.revision() == 0 ? first.revision() : ask.revision();
            json.beginObject().name("revision").value(revision).name("keys").beginArray();
            var refusal = rows(first, pages, revision);
            return refusal.<Result>map(Result.Refused::new).orElseGet(() -> new Result.Text(revision, text.toString()));
        }
        return new Result.Refused(reason(piece));
    }

    private static Reason reason(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Refused(var reason) -> reason;
            case Outcome.Done done -> throw new IllegalStateException("a read answered with " + done);
        };
    }

    private Optional<Reason> rows(Outcome.RangeDone first, RangePages pages, long revision) throws IOException {
        var piece = first;
        while (true) {
            for (int index = 0; index < piece.keyValues().size(); index++) {
                var row = piece.keyValues().get(index);
                Rows.write(json, row, !ask.keysOnly());
                rows++;
                boolean last = index == piece.keyValues().size() - 1;
                if (isFull()) {
                    end(!last || piece.more() ? Optional.of(row) : Optional.empty(), revision);
                    return Optional.empty();
                }
            }
            if (!piece.more()) {
                end(Optional.empty(), revision);
                return Optional.empty();
            }
            var next = pages.next(Math.min(PIECE, ask.limit() - rows));
            if (!(next instanceof Outcome.RangeDone following)) {
                return Optional.of(reason(next));
            }
            piece = following;
        }
    }

    private boolean isFull() {
        return rows == ask.limit() || text.getBuffer().length() >= LARGE;
    }

    /// @param last the last row of the page, if others follow
    private void end(Optional<KeyValue> last, long revision) throws IOException {
        json.endArray();
        if (last.isPresent()) {
            json.name("continue").value(new PageToken(revision, last.get().key().successor()).text());
        }
        json.endObject();
    }
}
