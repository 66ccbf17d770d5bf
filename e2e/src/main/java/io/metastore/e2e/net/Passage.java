package io.metastore.e2e.net;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// One connection through a proxy: in each direction one thread reads and one writes, so that a delay is
/// the same for all bytes and does not add up.
final class Passage implements AutoCloseable {
    private static final int CHUNK = 64 * 1024;
    private static final int CHUNKS = 64;

    /// Bytes, and when they may go on; none at the end.
    private record Chunk(ByteString bytes, long due) {}

    private final Network network;
    private final Optional<String> from;
    private final String to;
    private final Socket caller;
    private final Socket callee;
    private volatile boolean callerLost;

    /// @param from the member that called, if it is one
    Passage(Network network, Optional<String> from, String to, Socket caller, Socket callee) {
        this.network = network;
        this.from = from;
        this.to = to;
        this.caller = caller;
        this.callee = callee;
    }

    boolean isBetween(String one, String other) {
        return Proxy.matches(from, to, one, other);
    }

    /// The caller sees its connection end, the member that it called does not.
    void loseCaller() {
        callerLost = true;
        closeQuietly(caller);
    }

    /// Until one of both ends.
    void run() throws InterruptedException {
        var name = from.orElse("");
        var back = Thread.ofVirtual().start(() -> direction(callee, caller, to, name));
        direction(caller, callee, name, to);
        if (!callerLost) {
            close();
        }
        back.join();
        close();
    }

    @Override
    public void close() {
        closeQuietly(caller);
        closeQuietly(callee);
    }

    private void direction(Socket source, Socket target, String sender, String receiver) {
        var queue = new ArrayBlockingQueue<Chunk>(CHUNKS);
        var reader = Thread.ofVirtual().start(() -> read(source, queue, sender, receiver));
        try {
            write(target, queue, sender, receiver);
        } catch (IOException _) {
            // The other end is gone.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (!callerLost) {
            close();
        }
        reader.interrupt();
    }

    private void read(Socket source, BlockingQueue<Chunk> queue, String sender, String receiver) {
        try {
            InputStream in = source.getInputStream();
            var buffer = new byte[CHUNK];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                long due = System.nanoTime() + delay(sender, receiver);
                queue.put(new Chunk(ByteString.copyFrom(buffer, 0, count), due));
            }
        } catch (IOException _) {
            // As at the end of the stream.
        } catch (InterruptedException _) {
            return;
        }
        end(queue);
    }

    private static void end(BlockingQueue<Chunk> queue) {
        try {
            queue.put(new Chunk(ByteString.EMPTY, System.nanoTime()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private long delay(String sender, String receiver) {
        return network.condition(sender, receiver) instanceof Condition.Delayed delayed
                ? delayed.by().toNanos()
                : 0;
    }

    private void write(Socket target, BlockingQueue<Chunk> queue, String sender, String receiver)
            throws IOException, InterruptedException {
        var out = target.getOutputStream();
        while (true) {
            var chunk = queue.poll(1, TimeUnit.SECONDS);
            var condition = network.awaitNotHeld(sender, receiver);
            if (condition instanceof Condition.Refused
                    || (chunk != null && chunk.bytes().isEmpty())) {
                return;
            }
            if (chunk != null && !(callerLost && target.equals(caller))) {
                for (long left = chunk.due() - System.nanoTime(); left > 0; left = chunk.due() - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                chunk.bytes().writeTo(out);
            }
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // It is gone all the same.
        }
    }
}
