/**
 * Finds a good classifier for handwritten digits: a small, real training program as one writes it, here with Tribuo.
 *
 * <p>Start reading at {@link com.example.digits.DigitsTraining}. The two annotations there are all that makes its trainings runs on
 * Pluto; started without the agent, the program does the same and prints the same.
 */
package com.example.digits;
