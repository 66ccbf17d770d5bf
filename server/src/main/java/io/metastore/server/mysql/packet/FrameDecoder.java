package io.metastore.server.mysql.packet;

import io.metastore.server.model.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;

/// Takes frames apart and joins those of one packet. A frame is a length of three bytes, a number of
/// the sequence, and the payload; one of the greatest length is followed by another one of the same
/// packet.
///
///     03 00 00 00 'a' 'b' 'c'      →  packet 0: "abc"
///
/// The first packet of a client may be only the wish for TLS: then the rest of what came is not ours
/// any more, and `startTls` is called with the handler's context before anything else is read.
public final class FrameDecoder extends ByteToMessageDecoder {
    /// A frame of this length is not the last one of its packet.
    public static final int FULL = 0xff_ffff;

    private static final int HEADER = 4;
    private static final int TLS_REQUEST = 32;
    private static final int TLS_BIT = 11;

    private final long longest;
    private final boolean offersTls;
    private final Consumer<ChannelHandlerContext> startTls;
    private final ByteArrayOutputStream joined = new ByteArrayOutputStream();
    private boolean isFirst = true;
    private int frames;
    private int firstSequence;

    /// @param longest packet that is taken
    public FrameDecoder(long longest, boolean offersTls, Consumer<ChannelHandlerContext> startTls) {
        this.longest = longest;
        this.offersTls = offersTls;
        this.startTls = startTls;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (in.readableBytes() < HEADER) {
            return;
        }
        int length = in.getUnsignedMediumLE(in.readerIndex());
        int sequence = in.getUnsignedByte(in.readerIndex() + 3);
        checkLength(length);
        if (frames > 0 && sequence != (firstSequence + frames & 0xff)) {
            throw outOfOrder();
        }
        if (in.readableBytes() < HEADER + length) {
            return;
        }
        in.skipBytes(HEADER);
        var content = new byte[length];
        in.readBytes(content);
        add(sequence, content, out);
        if (isFirst && length == TLS_REQUEST && offersTls && (content[TLS_BIT / 8] & 1 << TLS_BIT % 8) != 0) {
            startTls(context, in);
        }
        isFirst = false;
    }

    private void checkLength(int length) {
        if (joined.size() + (long) length > longest) {
            throw new MysqlException(1153, "08S01", "Got a packet bigger than 'max_allowed_packet' bytes");
        }
    }

    /// What MySQL answers to a number that is not the next one.
    public static MysqlException outOfOrder() {
        return new MysqlException(1156, "08S01", "Got packets out of order");
    }

    private void add(int sequence, byte[] content, List<Object> out) {
        if (frames == 0) {
            firstSequence = sequence;
        }
        frames++;
        boolean last = content.length < FULL;
        if (last && frames == 1) {
            out.add(new Packet(sequence, 1, Bytes.wrap(content)));
        } else {
            joined.writeBytes(content);
            if (last) {
                out.add(new Packet(firstSequence, frames, Bytes.wrap(joined.toByteArray())));
                joined.reset();
            }
        }
        frames = last ? 0 : frames;
    }

    /// The handshake of TLS may have come with the wish for it.
    private void startTls(ChannelHandlerContext context, ByteBuf in) {
        var rest = in.readRetainedSlice(in.readableBytes());
        startTls.accept(context);
        context.pipeline().fireChannelRead(rest);
    }
}
