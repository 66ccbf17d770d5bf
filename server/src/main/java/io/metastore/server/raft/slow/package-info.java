/// Tells a person what is slow before it fails: disks, other members, a log that grows for one that is away. What is
/// looked at comes from outside, time is monotonic and a parameter, and nothing is said so often that it hides the
/// rest.
@NullMarked
package io.metastore.server.raft.slow;

import org.jspecify.annotations.NullMarked;
