@org.jspecify.annotations.NullMarked
package io.plutorun.fake.ingest;
