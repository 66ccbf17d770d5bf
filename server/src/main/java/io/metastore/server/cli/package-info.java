/// The command line and the environment, turned into settings. One table holds all flags: how each is read, explained
/// and refused.
@NullMarked
package io.metastore.server.cli;

import org.jspecify.annotations.NullMarked;
