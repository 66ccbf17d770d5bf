package io.metastore.server.mysql.packet;

import io.metastore.server.model.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One connection as the thread that serves it sees it: packets are waited for and sent. While a packet
/// waits nothing more is read, and who sends faster than the client reads waits: so a slow client costs
/// a bounded buffer and the time of its own thread.
public final class Wire extends ChannelInboundHandlerAdapter {
    private static final int CHUNK = 16 * 1024;

    private final Channel channel;
    private final Runnable whenGone;
    private final LinkedBlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final Object writable = new Object();
    private volatile boolean gone;
    private @Nullable ByteBuf outgoing;
    private int sequence;

    /// @param whenGone runs when the connection ends, on a thread that must not be blocked
    public Wire(Channel channel, Runnable whenGone) {
        this.channel = channel;
        this.whenGone = whenGone;
    }

    private sealed interface Arrival {
        record Arrived(Packet packet) implements Arrival {}

        record Broken(MysqlException fault) implements Arrival {}

        record End() implements Arrival {}
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        // First: who takes the packet lets more come, and that must be the last word.
        channel.config().setAutoRead(false);
        arrivals.add(new Arrival.Arrived((Packet) message));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        gone = true;
        arrivals.add(new Arrival.End());
        wake();
        whenGone.run();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var inner = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        if (inner instanceof MysqlException fault) {
            channel.config().setAutoRead(false);
            arrivals.add(new Arrival.Broken(fault));
        } else {
            // A broken connection, or a handshake of TLS that failed: there is nobody to tell.
            var _ = context.close();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        wake();
    }

    private void wake() {
        synchronized (writable) {
            writable.notifyAll();
        }
    }

    /// The next packet of an exchange; nothing when none came in time.
    ///
    /// @throws MysqlException when what came is no packet, or not the next one
    /// @throws ClosedException when the client is gone
    public Optional<Bytes> next(Duration patience) throws InterruptedException {
        flush();
        if (arrivals.isEmpty()) {
            channel.config().setAutoRead(true);
        }
        var arrival = arrivals.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        return switch (arrival) {
            case null -> Optional.empty();
            case Arrival.End _ -> throw new ClosedException();
            case Arrival.Broken(var fault) -> throw fault;
            case Arrival.Arrived(var packet) -> {
                channel.config().setAutoRead(arrivals.isEmpty());
                if (packet.sequence() != sequence) {
                    throw FrameDecoder.outOfOrder();
                }
                sequence = (sequence + packet.frames()) & 0xff;
                yield Optional.of(packet.payload());
            }
        };
    }

    /// The next packet begins an exchange.
    public void begin() {
        sequence = 0;
    }

    /// Sends a packet, not at once but with the next ones, or at `flush`.
    public void send(Bytes payload) {
        int from = 0;
        int length;
        do {
            length = Math.min(payload.length() - from, FrameDecoder.FULL);
            var target = buffer(length);
            target.writeMediumLE(length).writeByte(sequence).writeBytes(payload.shared(), from, length);
            sequence = (sequence + 1) & 0xff;
            from += length;
            if (target.readableBytes() >= CHUNK) {
                flush();
            }
        } while (length == FrameDecoder.FULL);
    }

    private ByteBuf buffer(int more) {
        var present = outgoing;
        if (present == null) {
            present = channel.alloc().buffer(Math.max(CHUNK, more + 4));
            outgoing = present;
        }
        return present;
    }

    /// Sends what was collected; waits while the client does not read.
    ///
    /// @throws ClosedException when the client is gone
    public void flush() {
        var collected = outgoing;
        if (collected != null) {
            outgoing = null;
            var _ = channel.writeAndFlush(collected, channel.voidPromise());
        }
        synchronized (writable) {
            while (!channel.isWritable() && !gone) {
                try {
                    writable.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new ClosedException();
                }
            }
        }
        if (gone) {
            throw new ClosedException();
        }
    }

    public boolean isGone() {
        return gone;
    }

    /// Sends what was collected, and then the connection ends. Only for the thread that serves it.
    public void close() {
        var collected = outgoing;
        outgoing = null;
        if (collected != null) {
            var _ = channel.writeAndFlush(collected).addListener(ChannelFutureListener.CLOSE);
        } else {
            var _ = channel.close();
        }
    }

    /// Ends the connection, from any thread: what its own thread has collected stays that thread's, and is not sent.
    public void cut() {
        channel.eventLoop().execute(() -> {
            var _ = channel.close();
        });
    }

    public boolean isSecure() {
        return channel.pipeline().get("tls") != null;
    }

    /// The host of the client, as MySQL names it in its texts.
    public String host() {
        return channel.remoteAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress()
                : "localhost";
    }
}
