package io.metastore.server.raft;

import io.metastore.server.apply.Entry;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;

/// An entry on its way into the log. It keeps the decoded form beside the bytes, so that the leader need not
/// decode what it was given.
record EntryMessage(ByteString content, Entry entry) implements Message {
    @Override
    public ByteString getContent() {
        return content;
    }
}
