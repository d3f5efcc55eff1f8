/** Filters the scenarios, opens the one a link points at, and keeps the filter in the address. */
export const script = `
const text=document.getElementById('text'),outcome=document.getElementById('outcome'),count=document.getElementById('count');
const all=[...document.querySelectorAll('.scenario')];
function filter(){const words=text.value.toLowerCase().split(' ').filter(Boolean);let shown=0;
for(const one of all){const fits=words.every(w=>one.dataset.text.includes(w))&&(!outcome.value||one.dataset.outcome===outcome.value);one.hidden=!fits;if(fits)shown++;}
count.textContent=shown+' of '+all.length;}
function open(){const target=location.hash.length>1&&document.getElementById(decodeURIComponent(location.hash.slice(1)));
if(target){const box=target.closest('details');if(box){box.hidden=false;box.open=true;}target.scrollIntoView();}}
text.addEventListener('input',filter);outcome.addEventListener('change',filter);addEventListener('hashchange',open);
addEventListener('beforeprint',()=>{for(const one of all)if(!one.hidden)one.open=true;});
filter();open();
`;
