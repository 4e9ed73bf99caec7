// Names heard in an English waiting room, by generation; nobody in particular has them. Accents, apostrophes and
// hyphens are there on purpose: searching, sorting and file encodings have to cope with them.

type Names = readonly [string, ...string[]];

const list = (text: string) => text.trim().split(/\s*,\s*/) as unknown as Names;

/** Born before 1980. */
export const olderWomen =
  list(`Margaret, Jean, Susan, Patricia, Christine, Linda, Carol, Barbara, Maureen, Sheila,
  Pauline, Janet, Jacqueline, Deborah, Tracey, Helen, Siân, Bronwen, Fatima, Parveen, Surinder, Kamala, Joyce,
  Beryl, Dorothy, Bernadette, Grażyna, Marie-Claire, Olúfúnké, Mei Ling`);
export const olderMen =
  list(`David, John, Peter, Michael, Alan, Brian, Keith, Roger, Barry, Trevor, Kenneth, Derek,
  Graham, Stephen, Ian, Colin, Gareth, Dafydd, Mohammed, Abdul, Gurdeep, Rajesh, Winston, Stanley, Terence,
  Seán, Józef, Kwame, Wing Kit, Anthony`);
/** Born from 1980 on. */
export const youngerWomen =
  list(`Olivia, Amelia, Emily, Jessica, Chloe, Zoë, Charlotte, Sophie, Lauren, Aisha, Zainab,
  Priya, Anjali, Niamh, Siobhan, Megan, Carys, Zuzanna, Oliwia, Chiamaka, Temitope, Yasmin, Layla, Grace, Isla,
  Ffion, Renée, Xin Yi, Anne-Marie, Harpreet`);
export const youngerMen =
  list(`Oliver, Jack, Harry, George, Thomas, Joshua, Callum, Liam, Connor, Ethan, Muhammad,
  Ibrahim, Yusuf, Arjun, Rohan, Jaspreet, Rhys, Ieuan, Jakub, Kacper, Chukwuemeka, Tobi, Noah, Leo, Theo, Finlay,
  Jean-Paul, Zhi Hao, Caoimhín, Dylan`);

export const familyNames =
  list(`Smith, Jones, Williams, Taylor, Brown, Davies, Evans, Wilson, Thomas, Roberts, Johnson,
  Lewis, Walker, Robinson, Wood, Thompson, White, Watson, Jackson, Wright, Green, Harris, Cooper, King, Lee, Martin,
  Clarke, James, Morgan, Hughes, Edwards, Hill, Moore, Clark, Harrison, Scott, Young, Morris, Hall, Ward, Turner,
  Carter, Phillips, Mitchell, Patel, Adams, Campbell, Anderson, Allen, Cook, Bailey, Parker, Miller, Davis, Murphy,
  Price, Bell, Baker, Griffiths, Kelly, Simpson, Marshall, Collins, Bennett, Cox, Richardson, Fox, Gray, Rose,
  Chapman, Hunt, Robertson, Shaw, Reynolds, Lloyd, Ellis, Richards, Russell, Wilkinson, Khan, Graham, Stewart, Reid,
  Murray, Powell, Palmer, Holmes, Rogers, Stevens, Walsh, Hunter, Thomson, Matthews, Ross, Owen, Mason, Knight,
  Kennedy, Butler, Saunders, Singh, Kaur, Begum, Hussain, Ahmed, Ali, Shah, Chaudhry, Iqbal, Mahmood, Sharma, Gupta,
  O'Brien, O'Connor, O'Neill, MacDonald, McCarthy, Nowak, Kowalska, Wiśniewski, Lewandowska, Okafor, Adeyemi, Mensah,
  Nkrumah, Chen, Wong, Nguyễn, Silva, Fernández, Müller, Rossi, Popescu, Ionescu, Smith-Jones, Ashworth-Bell,
  D'Souza, St John, Llewellyn-Pugh, Bartholomew, Featherstonehaugh`);

export const streets =
  list(`High Street, Station Road, Church Lane, Mill Lane, Victoria Road, Green Lane, Manor Road,
  Park Avenue, The Crescent, Queensway, Kingsley Drive, Chestnut Close, Orchard Way, Meadow View, Windsor Road,
  Albert Terrace, Springfield Road, Priory Gardens, Canal Street, Back Lane`);
export const towns = list(`Exampleton, Little Specimen, Upper Sample, Trialbury, Mockham-on-Sea`);
