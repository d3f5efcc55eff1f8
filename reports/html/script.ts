/** Filters the scenarios, and opens the one that a link points at. The page reads without it too. */
export const script = `
const text=document.getElementById('text'),outcome=document.getElementById('outcome'),count=document.getElementById('count');
const all=[...document.querySelectorAll('.scenario')];
function filter(){const words=text.value.toLowerCase().split(/\\s+/).filter(Boolean);let shown=0;
for(const one of all){const fits=words.every(w=>one.dataset.words.includes(w))&&(!outcome.value||one.dataset.outcome===outcome.value);one.hidden=!fits;if(fits)shown++;}
count.textContent=shown+' of '+all.length;}
function show(){const target=location.hash.length>1&&document.getElementById(location.hash.slice(1));
if(!target)return;const box=target.closest('.scenario');if(box){box.hidden=false;box.open=true;}target.scrollIntoView();}
if(text){text.addEventListener('input',filter);outcome.addEventListener('change',filter);filter();}
addEventListener('hashchange',show);show();
addEventListener('click',e=>{const link=e.target.closest&&e.target.closest('a[href^="#"]');if(link&&link.hash===location.hash)show();});
addEventListener('beforeprint',()=>{for(const one of all)if(!one.hidden)one.open=true;});
`;
