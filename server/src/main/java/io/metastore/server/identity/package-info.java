/// How clients prove who they are: passwords and tokens, which are secrets, and the clock and chance that
/// tokens need. What is decided here reaches the replicated state as a hash or a digest only.
@NullMarked
package io.metastore.server.identity;

import org.jspecify.annotations.NullMarked;
