package io.metastore.server.watch;

import java.util.ArrayList;
import java.util.List;

/// Keeps what it is told, and takes as many deliveries as the test lets it.
final class RecordingSink implements WatchSink {
    private final List<WatchMessage> messages = new ArrayList<>();
    private final List<Ending> endings = new ArrayList<>();
    private int deliveries;
    private int room = Integer.MAX_VALUE;

    @Override
    public boolean ready() {
        return room > 0;
    }

    @Override
    public void deliver(List<WatchMessage> delivered) {
        if (room <= 0 || !endings.isEmpty() || delivered.isEmpty()) {
            throw new IllegalStateException("not expected: " + delivered);
        }
        room--;
        deliveries++;
        messages.addAll(delivered);
    }

    @Override
    public void ended(Ending ending) {
        endings.add(ending);
    }

    /// Takes no more than so many deliveries from now on.
    void limit(int more) {
        room = more;
    }

    /// Everything since the last call.
    List<WatchMessage> taken() {
        var taken = List.copyOf(messages);
        messages.clear();
        return taken;
    }

    int deliveries() {
        return deliveries;
    }

    List<Ending> endings() {
        return endings;
    }
}
