/// The differential suite: scripts of requests, and what the real etcd answered to each of them, to the byte. A
/// script is data, so a new case is no code: see `src/test/resources/differential/README.md` for the language.
@NullMarked
package io.metastore.server.differential;

import org.jspecify.annotations.NullMarked;
