/// The service of our own for those who look after a cluster: how its members are, and changes of them. And its client,
/// which
/// the command line uses.
@NullMarked
package io.metastore.server.grpc.admin;

import org.jspecify.annotations.NullMarked;
