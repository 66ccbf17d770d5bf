package io.metastore.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.seed.Seed;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class MessageProgressTest {
    private static final int MAX_BYTES = 100;

    @Test
    void messagesUpToTheLimitPassHoweverTheyAreCutIntoFrames() {
        var random = Seed.random();
        var stream = Unpooled.buffer();
        for (int i = 0; i < 500; i++) {
            message(stream, random.nextInt(MAX_BYTES + 1));
        }

        var progress = new MessageProgress();
        while (stream.isReadable()) {
            progress.advance(stream.readSlice(Math.min(stream.readableBytes(), 1 + random.nextInt(37))), MAX_BYTES);
            assertThat(progress.isWithin(MAX_BYTES)).isTrue();
        }
    }

    @Test
    void aMessageAboveTheLimitIsKnownFromItsPrefix() {
        var stream = Unpooled.buffer();
        message(stream, 3);
        message(stream, MAX_BYTES + 1);

        var progress = new MessageProgress();
        progress.advance(stream.readSlice(8 + 4), MAX_BYTES);
        assertThat(progress.isWithin(MAX_BYTES)).isTrue();
        progress.advance(stream.readSlice(1), MAX_BYTES);

        assertThat(progress.isWithin(MAX_BYTES)).isFalse();
        assertThat(progress.length()).isEqualTo(MAX_BYTES + 1);
    }

    @Test
    void theLengthIsUnsigned() {
        var progress = new MessageProgress();

        progress.advance(Unpooled.wrappedBuffer(new byte[] {0, -1, -1, -1, -1}), MAX_BYTES);

        assertThat(progress.isWithin(MAX_BYTES)).isFalse();
        assertThat(progress.length()).isEqualTo(4_294_967_295L);
    }

    private static void message(ByteBuf stream, int bytes) {
        stream.writeByte(0).writeInt(bytes).writeZero(bytes);
    }
}
