/** Common given names of the larger Western languages and of India, Turkey and the Arab world, without those that are everyday words. */
export const GIVEN_NAMES: readonly string[] = (
  'Aaron Abdul Abigail Adam Adrian Agnes Ahmed Aisha Alan Albert Alberto Alejandro Alessandro Alex Alexander Alexandra Alfred Alice Alicia Ali Alison Amanda Amelia Amit ' +
  'Amy Ana Anders Andrea Andreas Andrew Andrey Angela Anita Anja Anna Anne Annette Anthony Antoine Antonio Arjun Arthur Ayşe Barbara Beatriz Benjamin Bernard Bernd Birgit Bob ' +
  'Brandon Brenda Brian Bridget Bruno Camille Carla Carlos Carmen Carol Caroline Catherine Cecilia Charles Charlotte Chiara Chloe Chris Christian Christina Christine Christoph ' +
  'Christopher Claire Claudia Claus Clara Craig Cristina Cynthia Daniel Daniela David Deborah Deepak Dennis Derek Diana Diego Dieter Dimitri Dmitry Dominik Donald Donna Dorothy ' +
  'Douglas Edith Eduardo Edward Eileen Elena Elisabeth Elizabeth Ellen Emily Emma Emmanuel Enrique Eric Erik Ernst Esther Ethan Eugene Eva Evelyn Fatima Felix Fernando ' +
  'Fiona Florian François Frances Francesca Francesco Francisco Franz Fred Frederik Friedrich Gabriel Gabriela Gary George Georg Gerald Gerhard Gianni Giovanni Giulia Giuseppe Gordon ' +
  'Graham Greg Gregory Guillaume Günter Gustavo Hannah Hans Harold Hassan Heather Heinrich Heinz Helen Helena Helga Henri Henrik Henry Herbert Hiroshi Horst Howard Hugo Ian Ibrahim ' +
  'Igor Inge Ingrid Irene Isabel Isabella Ivan Jacob Jacqueline Jacques James Jamie Jan Jane Janet Janice Jason Javier Jean Jeff Jeffrey Jennifer Jeremy Jessica Jill Jim Joachim Joan ' +
  'Joanna João Joe Joel Johan Johann Johanna Johannes John Johnny Jonas Jonathan Jorge José Josef Joseph Joshua Juan Juana Judith Julia Julian Julie Juan Jürgen Justin Karen Karin Karl ' +
  'Katarina Kate Katharina Katherine Kathleen Kathryn Katrin Kavita Keith Kelly Kenneth Kevin Khalid Kim Klaus Kristin Kumar Kurt Larry Lars Laura Lauren Laurent Lena Leo Leonardo Liam Linda Lisa ' +
  'Lorenzo Louis Louise Luca Lucas Lucia Luis Luisa Lukas Lydia Maggie Manfred Manuel Marc Marcel Marco Marcos Margaret Margarita Maria María Marie Marina Mario Marion Marko ' +
  'Markus Marta Martha Martin Martina Mary Mathias Matteo Matthew Matthias Maurice Megan Mehmet Melanie Melissa Michael Michel Michelle Miguel Mike Mohamed Mohammad Mohammed Monica Monika ' +
  'Muhammad Mustafa Nadia Nancy Natalia Natalie Nathan Neil Nicholas Nicolas Nicole Nikolai Nina Noah Nora Norbert Norman Olga Oliver Olivia Omar Oscar Otto Pablo Pamela Paolo ' +
  'Patricia Patrick Paul Paula Pedro Peter Petra Philip Philippe Phillip Pierre Pietro Priya Rachel Rafael Rahul Rainer Rajesh Ralph Ramon Raymond Rebecca Renate Ricardo Riccardo Richard Rita Robert ' +
  'Roberta Roberto Roger Roland Rolf Ronald Rosa Rosemary Roy Rudolf Russell Ruth Ryan Sabine Sally Salvatore Samantha Samuel Sandra Sanjay Sara Sarah Scott Sean Sebastian Sergei Sergio Sharon Shirley ' +
  'Silvia Simon Simone Sofia Sonia Sophia Sophie Stefan Stefania Stefano Stephanie Stephen Steve Steven Stuart Sunita Susan Susana Susanne Suzanne Sven Svetlana Sylvia Tamara Tanja Tatiana Teresa Terry Theodore ' +
  'Theresa Thomas Thorsten Tim Timothy Tobias Tom Tony Torsten Tyler Ulrich Ulrike Ursula Uwe Valentina Valerie Vanessa Veronica Victor Victoria Vijay Vincent Vincenzo Virginia Vladimir Walter Wendy Werner William Wolfgang ' +
  'Xavier Yasmin Yusuf Yuki Yvonne Zoe'
).split(' ')
