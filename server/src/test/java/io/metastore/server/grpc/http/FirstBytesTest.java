package io.metastore.server.grpc.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstBytesTest {
    private final List<String> chosen = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel(new FirstBytes(new FirstBytes.Protocols() {
        @Override
        public void http2(ChannelHandlerContext context) {
            chosen.add("HTTP/2");
        }

        @Override
        public void http1(ChannelHandlerContext context) {
            chosen.add("HTTP/1.1");
        }
    }));

    @ParameterizedTest
    @CsvSource({
        "PRI * HTTP/2.0, HTTP/2",
        "GET /health, HTTP/1.1",
        "PUT /x, HTTP/1.1",
        "PROPFIND /x, HTTP/1.1",
        "PRIX /x, HTTP/1.1",
    })
    void theProtocolIsSeenFromTheFirstBytesHoweverTheyArrive(String bytes, String protocol) {
        var text = new StringBuilder();
        for (int i = 0; i < bytes.length(); i++) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {(byte) bytes.charAt(i)}));
        }
        for (ByteBuf read = channel.readInbound(); read != null; read = channel.readInbound()) {
            text.append(read.toString(StandardCharsets.US_ASCII));
            read.release();
        }

        assertThat(chosen).containsExactly(protocol);
        assertThat(text).hasToString(bytes);
        assertThat(channel.pipeline().get(FirstBytes.class)).isNull();
    }
}
