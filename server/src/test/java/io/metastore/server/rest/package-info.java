/// Tests of the REST API, against members in this JVM and what etcd's clients see of them.
@NullMarked
package io.metastore.server.rest;

import org.jspecify.annotations.NullMarked;
