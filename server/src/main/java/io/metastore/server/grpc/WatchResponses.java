package io.metastore.server.grpc;

import com.google.protobuf.CodedOutputStream;
import etcdserverpb.WatchResponse;
import io.metastore.server.watch.WatchEvent;
import io.metastore.server.watch.WatchMessage;
import java.util.ArrayList;
import java.util.List;
import mvccpb.Event;

/// From what a watch stream tells to etcd's messages.
final class WatchResponses {
    private final Headers headers;
    private final int maxMessageBytes;

    /// @param maxMessageBytes from this size on, a message of several events is split where the client allows it
    WatchResponses(Headers headers, int maxMessageBytes) {
        this.headers = headers;
        this.maxMessageBytes = maxMessageBytes;
    }

    /// One message, or several where one would be too large and may be split.
    List<WatchResponse> of(WatchMessage message) {
        return switch (message) {
            case WatchMessage.Created(var id, var revision) ->
                List.of(response(id, revision).setCreated(true).build());
            case WatchMessage.Refused(var refusal, var revision) ->
                List.of(response(WatchMessage.NO_ID, revision)
                        .setCreated(true)
                        .setCanceled(true)
                        .setCancelReason(text(refusal))
                        .build());
            case WatchMessage.Denied(var reason, var revision) ->
                List.of(response(WatchMessage.NO_ID, revision)
                        .setCreated(true)
                        .setCanceled(true)
                        .setCancelReason(reason)
                        .build());
            case WatchMessage.Cancelled(var id, var revision) ->
                List.of(response(id, revision).setCanceled(true).build());
            case WatchMessage.Compacted(var id, var compactRevision) ->
                List.of(response(id, 0)
                        .setCanceled(true)
                        .setCompactRevision(compactRevision)
                        .build());
            case WatchMessage.Progress(var id, var revision) ->
                List.of(response(id, revision).build());
            case WatchMessage.Events events -> events(events);
        };
    }

    private static String text(WatchMessage.Refusal refusal) {
        return switch (refusal) {
            case EMPTY_RANGE -> "mvcc: watcher range is empty";
            case DUPLICATE_ID -> "mvcc: duplicate watch ID provided on the WatchStream";
            case NEGATIVE_START -> EtcdError.COMPACTED.text();
        };
    }

    private List<WatchResponse> events(WatchMessage.Events message) {
        var base = response(message.id(), message.revision());
        var events = message.events().stream().map(WatchResponses::event).toList();
        var whole = base.clone().addAllEvents(events).build();
        boolean split = message.fragment() && events.size() > 1 && whole.getSerializedSize() >= maxMessageBytes;
        return split ? fragments(base.setFragment(true), events) : List.of(whole);
    }

    /// As many events in each as stay below the limit, but at least one; all but the last are marked as fragments.
    ///
    /// Source: the fragments of etcd's watch service.
    private List<WatchResponse> fragments(WatchResponse.Builder base, List<Event> events) {
        var fragments = new ArrayList<WatchResponse>();
        long emptySize = base.build().getSerializedSize();
        var fragment = base.clone();
        long size = emptySize;
        for (var event : events) {
            int eventSize = CodedOutputStream.computeMessageSize(WatchResponse.EVENTS_FIELD_NUMBER, event);
            if (fragment.getEventsCount() > 0 && size + eventSize >= maxMessageBytes) {
                fragments.add(fragment.build());
                fragment = base.clone();
                size = emptySize;
            }
            fragment.addEvents(event);
            size += eventSize;
        }
        fragments.add(fragment.setFragment(false).build());
        return fragments;
    }

    private static Event event(WatchEvent told) {
        var event = Event.newBuilder()
                .setType(
                        switch (told.event().kind()) {
                            case PUT -> Event.EventType.PUT;
                            case DELETE -> Event.EventType.DELETE;
                        })
                .setKv(Answers.keyValue(told.event().keyValue()));
        for (var previous : told.previous()) {
            event.setPrevKv(Answers.keyValue(previous));
        }
        return event.build();
    }

    private WatchResponse.Builder response(long id, long revision) {
        return WatchResponse.newBuilder().setHeader(headers.at(revision)).setWatchId(id);
    }
}
