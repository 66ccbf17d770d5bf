package io.metastore.server.mysql.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class WireTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Wire wire = new Wire(channel, () -> {});

    @Test
    void whatWasCollectedIsSentBeforeTheOwnThreadCloses() {
        wire.send(Bytes.utf8("last"));

        wire.close();
        channel.runPendingTasks();

        ByteBuf sent = channel.readOutbound();
        assertThat(sent.readableBytes()).isEqualTo(8);
        sent.release();
        assertThat(channel.isOpen()).isFalse();
    }

    /// Two threads that collect in one buffer, or release it, would break the bytes of others.
    @Test
    void anotherThreadEndsTheConnectionWithoutTouchingWhatTheOwnOneCollected() throws InterruptedException {
        wire.send(Bytes.utf8("half of an answer"));

        Thread.ofVirtual().start(wire::cut).join();
        assertThat(channel.isOpen()).as("nothing happens on the other thread").isTrue();
        channel.runPendingTasks();

        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.<ByteBuf>readOutbound()).isNull();
    }
}
