/// The service for administrators on clusters of processes: what it tells of members that are paused, dead or new, what
/// it
/// refuses, and the command that asks it.
@NullMarked
package io.metastore.server.admin;

import org.jspecify.annotations.NullMarked;
