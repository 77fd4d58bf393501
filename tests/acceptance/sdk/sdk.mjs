// What OpenAI's official SDK makes of a server: reads {"base_url","jobs":[...]} from stdin, does every job, and prints
// one JSON array of results. A job is {"do": NAME, ...}; a result holds what the SDK returned, or {"thrown", "message"}.
// The SDK's own retries are off unless a job says otherwise: what is tested is one call.
import OpenAI from "openai";
import { text } from "node:stream/consumers";

const { base_url: baseURL, jobs } = JSON.parse(await text(process.stdin));

function client(job) {
  return new OpenAI({ apiKey: job.key ?? "sk-test", baseURL, maxRetries: job.retries ?? 0, timeout: 30_000 });
}

const messages = [{ role: "user", content: "hello" }];

const actions = {
  async chat(job) {
    const answer = await client(job).chat.completions.create({ model: job.model, messages });
    return { model: answer.model, said: answer.choices[0].message.content, usage: answer.usage };
  },
  async stream(job) {
    const stream = await client(job).chat.completions.create({
      model: job.model, messages, stream: true, ...(job.usage ? { stream_options: { include_usage: true } } : {}),
    });
    const result = { said: "", models: [], usage: null };
    for await (const chunk of stream) {
      result.said += chunk.choices[0]?.delta?.content ?? "";
      result.usage = chunk.usage ?? result.usage;
      if (!result.models.includes(chunk.model)) result.models.push(chunk.model);
    }
    return result;
  },
  // The accumulating helper, which checks that roles and finish reasons came.
  async helper(job) {
    const stream = client(job).chat.completions.stream({ model: job.model, messages });
    const answer = await stream.finalChatCompletion();
    return { said: answer.choices[0].message.content, model: answer.model };
  },
  async leave(job) {
    const stream = await client(job).chat.completions.create({ model: job.model, messages, stream: true });
    for await (const _ of stream) break;
    return { left: true };
  },
  async complete(job) {
    const answer = await client(job).completions.create({ model: job.model, prompt: "hello" });
    return { model: answer.model, said: answer.choices[0].text };
  },
  async embed(job) {  // without encoding_format the SDK asks for base64 and decodes it
    const answer = await client(job).embeddings.create({ model: job.model, input: ["a", "b"] });
    return { vectors: answer.data.map((item) => item.embedding) };
  },
  async models(job) {
    const ids = [];
    for await (const model of client(job).models.list()) ids.push(model.id);
    return { ids };
  },
  async model(job) {
    return await client(job).models.retrieve(job.model);
  },
};

async function run(job) {
  try {
    return await actions[job.do](job);
  } catch (error) {
    return { thrown: error.constructor.name, status: error.status ?? null, code: error.code ?? null,
             message: String(error.message) };
  }
}

console.log = () => {};
console.error = () => {};
const results = [];
let next = 0;
async function worker() {  // a few at a time: the server is tested for truth here, not for speed
  for (let i = next++; i < jobs.length; i = next++) results[i] = await run(jobs[i]);
}
await Promise.all(Array.from({ length: 8 }, worker));
process.stdout.write(JSON.stringify(results));
