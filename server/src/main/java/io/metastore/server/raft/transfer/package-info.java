/// Carries a checkpoint of the store from one member to another, as a stream of messages, and goes on where an earlier
/// stream broke off. How the messages travel is decided elsewhere.
@NullMarked
package io.metastore.server.raft.transfer;

import org.jspecify.annotations.NullMarked;
