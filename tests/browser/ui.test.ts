import axe from 'axe-core';
import { createApp, h, nextTick, ref, type App, type VNode } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { afterEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import AppShell from '#app/AppShell.vue';
import AppButton from '#ui/AppButton.vue';
import BigFigure from '#ui/BigFigure.vue';
import ButtonRow from '#ui/ButtonRow.vue';
import ChoiceGroup from '#ui/ChoiceGroup.vue';
import DigitsField from '#ui/DigitsField.vue';
import EmptyState from '#ui/EmptyState.vue';
import KeyFigures from '#ui/KeyFigures.vue';
import ListRow from '#ui/ListRow.vue';
import MonthCalendar from '#ui/MonthCalendar.vue';
import NoticeBox from '#ui/NoticeBox.vue';
import NumberStepper from '#ui/NumberStepper.vue';
import PageFrame from '#ui/PageFrame.vue';
import PageMasthead from '#ui/PageMasthead.vue';
import PageSection from '#ui/PageSection.vue';
import ProgressBar from '#ui/ProgressBar.vue';
import QrCode from '#ui/QrCode.vue';
import ScriptSwitch from '#ui/ScriptSwitch.vue';
import SelectField from '#ui/SelectField.vue';
import SheetDialog from '#ui/SheetDialog.vue';
import StateWord from '#ui/StateWord.vue';
import TextArea from '#ui/TextArea.vue';
import TextField from '#ui/TextField.vue';
import '#ui/base.css';

const ITEMS = [
  { to: '/', label: '今天', icon: 'today' },
  { to: '/library', label: '学习', icon: 'study' },
  { to: '/activities', label: '活动', icon: 'activities' },
  { to: '/me', label: '我的', icon: 'me' },
] as const;

/** Everything one may press; a choice is its whole row. */
const TARGETS = 'button:not(.skip), a, select, textarea, label.choice, input:not([type=radio])';
const LEAST_TARGET = 60;

let app: App | undefined;
afterEach(() => {
  app?.unmount();
  document.body.replaceChildren();
  document.documentElement.removeAttribute('style');
});

it('has no axe violation, in any component', async () => {
  await mount(everything);
  const { violations } = await axe.run(document.body);
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
});

it.each([
  [360, 740, 1],
  [320, 568, 1],
  [320, 568, 2],
  [1280, 800, 1],
])(
  'fits %i × %i with text × %i: 60 px targets, no sideways scroll',
  async (width, height, zoom) => {
    await page.viewport(width, height);
    document.documentElement.style.fontSize = `${125 * zoom}%`;
    await mount(everything);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    const small = [...document.querySelectorAll(TARGETS)]
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width < LEAST_TARGET || box.height < LEAST_TARGET)
      .map(({ element, box }) => `${element.outerHTML} ${box.width}×${box.height}`);
    expect(small).toEqual([]);
  },
);

it('marks the open place for readers, and the skip button leads to the text', async () => {
  await mount(everything);
  expect(document.querySelector('nav [aria-current=page]')?.textContent).toBe('活动');
  document.querySelector<HTMLElement>('.skip')?.click();
  expect(document.activeElement?.id).toBe('main');
});

it('says six digits once they are there, also full-width ones', async () => {
  const said: string[] = [];
  await mount(() =>
    h(DigitsField, { label: '六位数', onComplete: (all: string) => said.push(all) }),
  );
  const input = document.querySelector('input');
  if (!input) throw new Error('no input');
  input.value = '４８２ ９１６';
  input.dispatchEvent(new Event('input'));
  expect([input.value, said]).toEqual(['482916', ['482916']]);
});

it('opens a sheet at its title, closes it by Escape as by its button', async () => {
  const open = ref(false);
  await mount(() =>
    h(SheetDialog, {
      title: '换人',
      closeLabel: '关闭',
      open: open.value,
      'onUpdate:open': (now: boolean) => (open.value = now),
    }),
  );
  const dialog = document.querySelector('dialog');
  open.value = true;
  await expect.poll(() => document.activeElement?.textContent).toBe('换人');
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => open.value).toBe(false);
  open.value = true;
  await expect.poll(() => dialog?.open).toBe(true);
  dialog?.querySelector('button')?.click();
  await expect.poll(() => dialog?.open).toBe(false);
});

it('ties an error to its field', async () => {
  await mount(() => h(TextField, { label: '地点', hint: '写短一点', error: '请写上地点' }));
  const input = document.querySelector('input');
  const texts = input?.getAttribute('aria-describedby')?.split(' ').map(textOf);
  expect(texts).toEqual(['写短一点', '请写上地点']);
  expect(input?.getAttribute('aria-invalid')).toBe('true');
});

async function mount(render: () => VNode): Promise<void> {
  document.documentElement.lang = 'zh-Hans';
  const root = document.body.appendChild(document.createElement('div'));
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:any(.*)*', component: { render: () => null } }],
  });
  app = createApp({ render }).use(router);
  await router.push('/activities');
  app.mount(root);
  await nextTick();
}

function textOf(id: string): string | undefined {
  return document.getElementById(id)?.textContent ?? undefined;
}

function everything(): VNode {
  const shell = {
    items: ITEMS,
    current: '/activities',
    barLabel: '主要页面',
    skipLabel: '跳到正文',
  };
  return h(AppShell, { ...shell, demoMark: '演示' }, () =>
    h(PageFrame, null, { masthead: masthead, default: () => [...reading(), ...acting()] }),
  );
}

it.each(['button', 'a'])('a %s says what its row says now', async (tag) => {
  const kind = ref('改成党总支');
  const props = tag === 'a' ? { to: '/desk' } : {};
  await mount(() => {
    const { value } = kind; // as the variable of a list, which no button can follow by itself
    return h(AppButton, props, () => value);
  });
  const said = () => document.querySelector(`${tag}.button`)?.textContent;
  expect(said()).toBe('改成党总支');
  kind.value = '改成普通支部';
  await expect.poll(said).toBe('改成普通支部');
});

function masthead(): VNode {
  return h(
    PageMasthead,
    { title: '主题党日', lines: ['今晚 7 点半', '村文化室'], backLabel: '返回', backTo: '/' },
    { right: () => h(ScriptSwitch, { current: 'zh-Hans', label: '繁体' }) },
  );
}

function reading(): VNode[] {
  const dayLabel = (day: number, minutes: number) => `${day}日，学了${minutes}分钟`;
  const weekdays = [...'一二三四五六日'];
  const month = { year: 2026, month: 11, minutes: { 3: 30, 23: 18 }, caption: '2026 年 11 月' };
  return [
    h(PageSection, { kicker: '今天的半小时' }, () => [
      h(BigFigure, { value: 18, unit: '分钟', note: '学了一多半' }),
      h(ProgressBar, { value: 18, max: 30, label: '今天的半小时', valueText: '18 分钟' }),
    ]),
    h(KeyFigures, { figures: [{ value: '120', label: '个党组织' }] }),
    h(MonthCalendar, { ...month, weekdays, dayLabel, today: 23 }),
    h(NoticeBox, { tone: 'good', title: '书记已记您到会' }, () => '主题党日'),
    h(NoticeBox, { tone: 'look', title: '请书记看一眼' }, () => '待核对'),
    h(QrCode, { text: 'RX1', label: '您的码' }),
    h(EmptyState, { title: '还没有材料', text: '有网的时候会自己下来。' }),
  ];
}

function acting(): VNode[] {
  const options = [
    { value: 'a', label: '看材料' },
    { value: 'b', label: '看书', note: '这个月的书' },
  ];
  const stepper = { label: '有几人？', lessLabel: '少一人', moreLabel: '多一人', min: 0, max: 99 };
  return [
    h('ul', [row('欧阳阿依古丽·买买提'), row('黄秀兰'), h(ListRow, { title: '十月', to: '/x' })]),
    h(ButtonRow, () => ['primary', 'plain', 'quiet'].map(button)),
    h(NumberStepper, { ...stepper, modelValue: 27 }),
    h(TextField, { label: '标题', error: '请写上标题' }),
    h(TextArea, { label: '记两句' }),
    h(SelectField, { label: '哪种活动', options }),
    h(ChoiceGroup, { label: '怎么学的', options, modelValue: 'a', hint: '选一个' }),
    h(DigitsField, { label: '六位数' }),
    h(AppButton, { wide: true, disabled: true }, () => '发表格'),
  ];
}

function row(title: string): VNode {
  const right = () => [h(StateWord, { tone: 'amber' }, () => '待核对'), button('green')];
  return h(ListRow, { title, note: '一组' }, { right });
}

function button(look: string): VNode {
  return h(AppButton, { look: look as 'plain' }, () => '点完了');
}
