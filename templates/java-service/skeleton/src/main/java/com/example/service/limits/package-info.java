/** What one caller may ask of one replica. */
@NullMarked
package com.example.service.limits;

import org.jspecify.annotations.NullMarked;
