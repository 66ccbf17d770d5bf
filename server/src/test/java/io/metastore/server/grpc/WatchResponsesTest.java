package io.metastore.server.grpc;

import static io.metastore.server.grpc.Wire.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import etcdserverpb.ResponseHeader;
import etcdserverpb.WatchResponse;
import io.metastore.server.consensus.ClusterState;
import io.metastore.server.model.Event;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.MemberId;
import io.metastore.server.watch.WatchEvent;
import io.metastore.server.watch.WatchMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchResponsesTest {
    private static final int MAX_BYTES = 1000;

    private final WatchResponses responses = new WatchResponses(
            new Headers(() -> new ClusterState(1, new MemberId(2), new MemberId(2), 3, 0, 0), () -> 99), MAX_BYTES);

    @Test
    void aWatcherThatWasOpenedIsCreated() {
        assertThat(responses.of(new WatchMessage.Created(4, 7)))
                .containsExactly(WatchResponse.newBuilder()
                        .setHeader(header(7))
                        .setWatchId(4)
                        .setCreated(true)
                        .build());
    }

    @ParameterizedTest
    @CsvSource({
        "EMPTY_RANGE, mvcc: watcher range is empty",
        "DUPLICATE_ID, mvcc: duplicate watch ID provided on the WatchStream",
        "NEGATIVE_START, etcdserver: mvcc: required revision has been compacted",
    })
    void aWatcherThatWasRefusedIsCreatedAndCanceledUnderNoId(WatchMessage.Refusal refusal, String text) {
        assertThat(responses.of(new WatchMessage.Refused(refusal, 7)))
                .containsExactly(WatchResponse.newBuilder()
                        .setHeader(header(7))
                        .setWatchId(-1)
                        .setCreated(true)
                        .setCanceled(true)
                        .setCancelReason(text)
                        .build());
    }

    @Test
    void aWatcherThatTheClientCancelledHasNoReason() {
        assertThat(responses.of(new WatchMessage.Cancelled(4, 7)))
                .containsExactly(WatchResponse.newBuilder()
                        .setHeader(header(7))
                        .setWatchId(4)
                        .setCanceled(true)
                        .build());
    }

    @Test
    void aCompactedWatcherHasNoRevisionInItsHeader() {
        assertThat(responses.of(new WatchMessage.Compacted(4, 5)))
                .containsExactly(WatchResponse.newBuilder()
                        .setHeader(header(0))
                        .setWatchId(4)
                        .setCanceled(true)
                        .setCompactRevision(5)
                        .build());
    }

    @Test
    void progressIsAHeaderWithoutEvents() {
        assertThat(responses.of(new WatchMessage.Progress(WatchMessage.NO_ID, 7)))
                .containsExactly(WatchResponse.newBuilder()
                        .setHeader(header(7))
                        .setWatchId(-1)
                        .build());
    }

    @Test
    void aPutIsToldWithWhatTheKeyHeldBefore() {
        var before = new KeyValue(bytes("k"), bytes("old"), 2, 3, 2, LeaseId.NONE);
        var after = new KeyValue(bytes("k"), bytes("new"), 2, 4, 3, LeaseId.of(9));

        var event = only(List.of(new WatchEvent(new Event(Event.Kind.PUT, after), List.of(before))))
                .getEvents(0);

        assertThat(event.getType()).isEqualTo(mvccpb.Event.EventType.PUT);
        assertThat(event.getKv()).isEqualTo(Answers.keyValue(after));
        assertThat(event.getPrevKv()).isEqualTo(Answers.keyValue(before));
    }

    @Test
    void aDeleteHasOnlyTheKeyAndTheRevision() {
        var event = only(List.of(
                        new WatchEvent(new Event(Event.Kind.DELETE, KeyValue.tombstone(bytes("k"), 4)), List.of())))
                .getEvents(0);

        assertThat(event)
                .isEqualTo(mvccpb.Event.newBuilder()
                        .setType(mvccpb.Event.EventType.DELETE)
                        .setKv(mvccpb.KeyValue.newBuilder()
                                .setKey(Wire.text("k"))
                                .setModRevision(4))
                        .build());
    }

    @Test
    void aLargeMessageIsSplitWhereTheClientAllowsIt() {
        var events = events(20, 100);

        var parts = responses.of(new WatchMessage.Events(4, 7, events, true));

        assertThat(parts).hasSizeGreaterThan(2).allMatch(part -> part.getSerializedSize() < MAX_BYTES);
        assertThat(parts.subList(0, parts.size() - 1)).allMatch(WatchResponse::getFragment);
        assertThat(parts.getLast().getFragment()).isFalse();
        assertThat(parts).allMatch(part -> part.getHeader().equals(header(7)) && part.getWatchId() == 4);
        assertThat(parts.stream().flatMap(part -> part.getEventsList().stream()))
                .containsExactlyElementsOf(only(events).getEventsList());
    }

    @Test
    void anEventThatIsTooLargeGoesAlone() {
        var parts = responses.of(new WatchMessage.Events(4, 7, events(3, 2 * MAX_BYTES), true));

        assertThat(parts).hasSize(3).allMatch(part -> part.getEventsCount() == 1);
    }

    @Test
    void aSmallMessageAndOneOfASingleEventStayWhole() {
        assertThat(responses.of(new WatchMessage.Events(4, 7, events(2, 10), true)))
                .hasSize(1)
                .noneMatch(WatchResponse::getFragment);
        assertThat(responses.of(new WatchMessage.Events(4, 7, events(1, 2 * MAX_BYTES), true)))
                .hasSize(1)
                .noneMatch(WatchResponse::getFragment);
    }

    private WatchResponse only(List<WatchEvent> events) {
        var parts = responses.of(new WatchMessage.Events(4, 7, events, false));
        assertThat(parts).hasSize(1);
        return parts.getFirst();
    }

    private static List<WatchEvent> events(int count, int valueBytes) {
        var events = new ArrayList<WatchEvent>();
        for (int i = 0; i < count; i++) {
            var keyValue = new KeyValue(bytes("k" + i), bytes("v".repeat(valueBytes)), 7, 7, 1, LeaseId.NONE);
            events.add(new WatchEvent(new Event(Event.Kind.PUT, keyValue), List.of()));
        }
        return events;
    }

    private static ResponseHeader header(long revision) {
        return ResponseHeader.newBuilder()
                .setClusterId(1)
                .setMemberId(2)
                .setRaftTerm(3)
                .setRevision(revision)
                .build();
    }
}
