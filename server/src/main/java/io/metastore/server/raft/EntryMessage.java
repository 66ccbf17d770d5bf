package io.metastore.server.raft;

import io.metastore.server.apply.Entry;
import java.util.List;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;

/// A group of entries on its way into the log. It keeps the decoded form beside the bytes, so that the leader need
/// not decode what it was given.
record EntryMessage(ByteString content, List<Entry> entries) implements Message {
    @Override
    public ByteString getContent() {
        return content;
    }
}
