package io.metastore.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import etcdserverpb.CompactionRequest;
import etcdserverpb.KVGrpc;
import etcdserverpb.PutRequest;
import etcdserverpb.RequestOp;
import etcdserverpb.TxnRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// Changes as server-sent events.
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestWatchIT {
    private RestMember member;

    @BeforeAll
    void start() throws Exception {
        member = new RestMember();
    }

    @AfterAll
    void stop() {
        member.close();
    }

    /// One event; fields that it has not are empty.
    private record Told(String event, String data, String id) {}

    /// The answer to a watch, read as a browser does.
    private record Stream(HttpResponse<InputStream> answer, BufferedReader lines) implements AutoCloseable {
        Told next() throws IOException {
            var told = new Told("", "", "");
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty() && !told.event().isEmpty()) {
                    return told;
                }
                told = with(told, line);
            }
            return told;
        }

        private static Told with(Told told, String line) {
            int colon = line.indexOf(": ");
            return switch (colon < 0 ? "" : line.substring(0, colon)) {
                case "event" -> new Told(line.substring(colon + 2), told.data(), told.id());
                case "data" -> new Told(told.event(), line.substring(colon + 2), told.id());
                case "id" -> new Told(told.event(), told.data(), line.substring(colon + 2));
                default -> told;
            };
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    private Stream watch(String target, String... headers) throws Exception {
        var request = member.request(target).GET();
        var answer = member.client()
                .send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream; charset=utf-8");
        return new Stream(answer, new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8)));
    }

    @Test
    void changesOfAKeyAreTold() throws Exception {
        try (var stream = watch("/one?watch=true")) {
            long created = revision(member.put("/one", "1"));
            member.put("/one/not", "x");
            long deleted = revision(member.delete("/one"));

            assertThat(stream.next())
                    .isEqualTo(new Told(
                            "put",
                            "{\"key\":\"one\",\"value\":\"1\",\"createRevision\":" + created + ",\"modRevision\":"
                                    + created + ",\"version\":1}",
                            Long.toString(created)));
            assertThat(stream.next())
                    .isEqualTo(new Told(
                            "delete", "{\"key\":\"one\",\"modRevision\":" + deleted + "}", Long.toString(deleted)));
        }
    }

    @Test
    void whoComesBackGoesOnAfterWhatWasTold() throws Exception {
        long first = revision(member.put("/again/1", "a"));
        long second = revision(member.put("/again/2", "b"));
        try (var stream = watch("/?prefix=again/&watch=true&revision=" + first)) {
            assertThat(stream.next().id()).isEqualTo(Long.toString(first));
        }
        long third = revision(member.put("/again/3", "c"));

        try (var stream = watch("/?prefix=again/&watch", "Last-Event-ID", Long.toString(first))) {
            assertThat(List.of(stream.next().id(), stream.next().id()))
                    .containsExactly(Long.toString(second), Long.toString(third));
        }
    }

    @Test
    void onlyTheLastChangeOfARevisionHasAnId() throws Exception {
        try (var stream = watch("/?prefix=both/&watch")) {
            var txn = TxnRequest.newBuilder();
            for (var key : List.of("both/a", "both/b")) {
                txn.addSuccess(RequestOp.newBuilder()
                        .setRequestPut(PutRequest.newBuilder().setKey(ByteString.copyFromUtf8(key))));
            }
            long revision = KVGrpc.newBlockingStub(member.channel())
                    .txn(txn.build())
                    .getHeader()
                    .getRevision();

            var ids = new ArrayList<String>();
            ids.add(stream.next().id());
            ids.add(stream.next().id());
            assertThat(ids).containsExactly("", Long.toString(revision));
        }
    }

    @Test
    void whoIsTooLateHearsIt() throws Exception {
        long first = revision(member.put("/late", "1"));
        long second = revision(member.put("/late", "2"));
        KVGrpc.newBlockingStub(member.channel())
                .compact(CompactionRequest.newBuilder().setRevision(second).build());

        try (var stream = watch("/late?watch&revision=" + first)) {
            assertThat(stream.next()).isEqualTo(new Told("compacted", "{\"compactRevision\":" + second + "}", ""));
            assertThat(stream.lines().readLine()).as("the end").isNull();
        }
    }

    @Test
    void anIdThatIsNoneIsRefused() throws Exception {
        var answer = member.get("/a?watch", "Last-Event-ID", "x");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("the header Last-Event-ID must be the id of an event: a revision\n");
    }

    private static long revision(HttpResponse<String> answer) {
        return answer.headers().firstValueAsLong("X-MetaStore-Revision").orElseThrow();
    }
}
