/// Carries a checkpoint of the store from one member to another, as a stream of messages. How the messages travel, and
/// how fast, is decided elsewhere.
@NullMarked
package io.metastore.server.raft.transfer;

import org.jspecify.annotations.NullMarked;
