package io.metastore.server.watch;

import io.metastore.server.model.Event;
import io.metastore.server.model.KeyValue;
import io.metastore.server.mvcc.MvccStore;
import io.metastore.server.mvcc.MvccView;
import java.util.ArrayList;
import java.util.List;

/// Adds to events what their keys held before, read when the events are about to leave. May block.
final class PreviousValues {
    private final MvccStore store;

    PreviousValues(MvccStore store) {
        this.store = store;
    }

    /// The messages, in this order, with the values before that were asked for.
    List<WatchMessage> addTo(List<Outbox.Outgoing> outgoing) {
        var messages = new ArrayList<WatchMessage>(outgoing.size());
        if (outgoing.stream().noneMatch(Outbox.Outgoing::previous)) {
            outgoing.forEach(each -> messages.add(each.message()));
            return messages;
        }
        try (var view = store.view()) {
            for (var each : outgoing) {
                messages.add(
                        each.previous() && each.message() instanceof WatchMessage.Events events
                                ? addTo(events, view)
                                : each.message());
            }
        }
        return messages;
    }

    private static WatchMessage addTo(WatchMessage.Events message, MvccView view) {
        var events = message.events().stream()
                .map(WatchEvent::event)
                .map(event -> new WatchEvent(event, previous(event, view)))
                .toList();
        return new WatchMessage.Events(message.id(), message.revision(), events, message.fragment());
    }

    private static List<KeyValue> previous(Event event, MvccView view) {
        var changed = event.keyValue();
        long before = changed.modRevision() - 1;
        if (createsKey(event) || view.isCompacted(before)) {
            return List.of();
        }
        return view.getAt(changed.key(), before).map(List::of).orElse(List.of());
    }

    private static boolean createsKey(Event event) {
        return event.kind() == Event.Kind.PUT
                && event.keyValue().createRevision() == event.keyValue().modRevision();
    }
}
