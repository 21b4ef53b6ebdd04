// What epn has written beside the rows; its words are in the language of the page.
const data = JSON.parse(document.getElementById("data").textContent);
const { words } = data;
