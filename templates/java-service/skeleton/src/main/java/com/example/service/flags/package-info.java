/** What can be turned off while the service runs. */
@NullMarked
package com.example.service.flags;

import org.jspecify.annotations.NullMarked;
