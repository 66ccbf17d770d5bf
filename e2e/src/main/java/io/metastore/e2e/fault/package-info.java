/// Members as processes, and what happens to them: killed, paused, cut off, with full, slow or lost disks,
/// replaced, while clients go on; and what must hold at the end.
@NullMarked
package io.metastore.e2e.fault;

import org.jspecify.annotations.NullMarked;
