/// The network between members: each is reached through a proxy that holds, delays or refuses what goes
/// from one of them to another, in each direction on its own.
@NullMarked
package io.metastore.e2e.net;

import org.jspecify.annotations.NullMarked;
