package io.metastore.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WholeRequestsTest {
    private static final int MOST = 10;

    private final BodyRoom room = new BodyRoom(MOST, 15);
    private final EmbeddedChannel channel = new EmbeddedChannel(new HttpServerCodec(), new WholeRequests(room));

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void aRequestIsHandedOnWhenItIsWhole() {
        receive("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n01234");
        assertThat(channel.inboundMessages()).isEmpty();
        assertThat(room.used()).isEqualTo(5);

        receive("56789");

        Request request = channel.readInbound();
        assertThat(new String(request.body().shared(), StandardCharsets.US_ASCII))
                .isEqualTo("0123456789");
        assertThat(request.path()).isEqualTo("/x");
        assertThat(room.used()).isZero();
    }

    @Test
    void chunksArePutTogether() {
        receive("POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");

        Request request = channel.readInbound();
        assertThat(new String(request.body().shared(), StandardCharsets.US_ASCII))
                .isEqualTo("abcde");
    }

    @Test
    void aBodyThatIsAnnouncedTooLargeIsRefusedUnread() {
        receive("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n");

        assertThat(answer()).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void whoIsRefusedMayGoOnSendingForAWhileSoThatHeHearsIt() {
        channel.freezeTime();
        receive("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n");
        assertThat(answer()).startsWith("HTTP/1.1 413 ");

        receive("01234567890");
        channel.advanceTimeBy(4, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.inboundMessages()).isEmpty();
        assertThat(room.used()).isZero();
        assertThat(channel.isOpen()).isTrue();

        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aBodyThatGrowsTooLargeIsRefused() {
        receive("POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n012345\r\n6\r\n012345\r\n");

        assertThat(answer()).startsWith("HTTP/1.1 413 ");
        assertThat(room.used()).isZero();
    }

    @Test
    void allBodiesTogetherHaveOnlySoMuchRoom() {
        var other = new EmbeddedChannel(new HttpServerCodec(), new WholeRequests(room));
        receive("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n01234567");

        other.writeInbound(bytes("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n01234567"));

        ByteBuf answer = other.readOutbound();
        assertThat(answer.toString(StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 503 ");
        answer.release();
        assertThat(room.used()).isEqualTo(8);
        var _ = channel.close();
        assertThat(room.used()).isZero();
        other.finishAndReleaseAll();
    }

    @Test
    void aClientThatAsksFirstIsToldToGoOn() {
        receive("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");

        assertThat(answer()).startsWith("HTTP/1.1 100 Continue");
        receive("ab");
        assertThat(channel.inboundMessages()).hasSize(1);
    }

    @Test
    void aRequestThatIsNotWholeInTimeEndsTheConnection() {
        channel.freezeTime();
        receive("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n");
        channel.advanceTimeBy(299, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isTrue();

        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void whatIsNoRequestIsRefusedInTheWordsOfGo() {
        receive("GET /x HTTP/1.1\r\n\r\n");

        assertThat(answer()).endsWith("400 Bad Request: missing required Host header");
    }

    private void receive(String text) {
        channel.writeInbound(bytes(text));
    }

    private String answer() {
        ByteBuf answer = channel.readOutbound();
        try {
            return answer.toString(StandardCharsets.US_ASCII);
        } finally {
            answer.release();
        }
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }
}
