// What the official SDKs of every dialect make of a server that speaks it: reads {"base_url","jobs":[...]} from stdin
// and prints one JSON array of results. A job is {"dialect", "do", "model", ...}; its result is
// {said, thought, calls, finish, usage, ...}, or {thrown, status, message}. Their own retries are off.
import Anthropic from "@anthropic-ai/sdk";
import { AnthropicVertex } from "@anthropic-ai/vertex-sdk";
import { GoogleGenAI } from "@google/genai";
import { GoogleAuth, JWT, UserRefreshClient } from "google-auth-library";
import { Gaxios } from "gaxios";
import OpenAI, { AzureOpenAI } from "openai";
import { text } from "node:stream/consumers";

const { base_url: base, jobs } = JSON.parse(await text(process.stdin));

const retries = { maxRetries: 0, timeout: 30_000 };
const weather = {
  name: "get_weather", description: "The weather of a city",
  schema: { type: "object", properties: { city: { type: "string" }, days: { type: "integer" } }, required: ["city"] },
};
const clock = {
  name: "get_time", description: "The time",
  schema: { type: "object", properties: { zone: { type: "string", enum: ["UTC", "CET"] } }, required: ["zone"] },
};
const tools = [weather, clock];

// Google's credentials: a refresh token, or a service account's key whose assertions go to the token endpoint of `base`.
function credentials(job) {
  if (job.key) {
    const transporter = new Gaxios();
    transporter.interceptors.request.add({
      resolved: async (config) => {
        if (String(config.url).startsWith("https://oauth2.googleapis.com/token")) config.url = new URL(`${base}/token`);
        return config;
      },
    });
    return new JWT({ email: "fake@fake-project.iam.gserviceaccount.com", key: job.key, transporter,
                     scopes: ["https://www.googleapis.com/auth/cloud-platform"] });
  }
  return new UserRefreshClient({ clientId: "id", clientSecret: "secret", refreshToken: job.refresh ?? "1//fake",
                                 endpoints: { oauth2TokenUrl: `${base}/token` } });
}

const clients = {
  openai: (job) => new OpenAI({ apiKey: job.secret ?? "sk-fake", baseURL: `${base}/v1`, ...retries }),
  azure: (job) => new AzureOpenAI({ apiKey: job.secret ?? "azure-fake", endpoint: base, apiVersion: job.version ?? "2024-10-21",
                                    deployment: job.model, ...retries }),
  anthropic: (job) => new Anthropic({ apiKey: job.secret ?? "sk-ant-fake", baseURL: base, ...retries,
                                      ...(job.version ? { defaultHeaders: { "anthropic-version": job.version } } : {}) }),
  vclaude: (job) => new AnthropicVertex({ baseURL: `${base}/v1`, region: "us-east5", projectId: "fake-project",
                                          authClient: credentials(job), ...retries }),
  studio: (job) => new GoogleGenAI({ apiKey: job.secret ?? "AIza-fake",
                                     httpOptions: { baseUrl: base, apiVersion: job.version ?? "v1beta" } }),
  vertex: (job) => new GoogleGenAI({ vertexai: true, project: "fake-project", location: "us-central1",
                                     googleAuthOptions: { authClient: credentials(job) },
                                     httpOptions: { baseUrl: base, apiVersion: "v1" } }),
};

// OpenAI's dialect, and Azure's.

const forOpenai = (job) => ({
  model: job.model, messages: job.history ?? [{ role: "user", content: job.say }],
  ...(job.tools ? { tools: tools.map(({ schema, ...tool }) => ({ type: "function", function: { ...tool, parameters: schema } })) } : {}),
  ...job.more,
});

function seenByOpenai(answer) {
  const { message, finish_reason: finish } = answer.choices[0];
  const calls = (message.tool_calls ?? []).map((call) => ({ id: call.id, name: call.function.name, args: JSON.parse(call.function.arguments || "{}") }));
  return { said: message.content ?? "", thought: message.reasoning_content ?? "", calls, finish, usage: answer.usage ?? null, refusal: message.refusal ?? null };
}

const openai = {
  async chat(client, job) {
    return seenByOpenai(await client.chat.completions.create(forOpenai(job)));
  },
  async stream(client, job) {
    return seenByOpenai(await client.chat.completions.stream(forOpenai(job)).finalChatCompletion());
  },
  async tools(client, job) {
    const question = { role: "user", content: job.say };
    const first = await client.chat.completions.create(forOpenai({ ...job, tools: true, history: [question] }));
    const message = first.choices[0].message;
    const results = message.tool_calls.map((call, i) => ({ role: "tool", tool_call_id: call.id, content: `result ${i}` }));
    const history = [question, { role: "assistant", content: message.content, tool_calls: message.tool_calls }, ...results];
    const second = await client.chat.completions.create(forOpenai({ ...job, tools: true, history }));
    return { first: seenByOpenai(first), second: seenByOpenai(second) };
  },
  async embed(client, job) {
    const answer = await client.embeddings.create({ model: job.model, input: ["a", "b"] });
    return { vectors: answer.data.map((item) => item.embedding) };
  },
};

// Anthropic's.

const forAnthropic = (job) => ({
  model: job.model, max_tokens: 4096, messages: job.history ?? [{ role: "user", content: job.say }],
  ...(job.tools ? { tools: tools.map(({ schema, ...tool }) => ({ ...tool, input_schema: schema })) } : {}),
  ...(job.thinking ? { thinking: { type: "enabled", budget_tokens: 1024 } } : {}),
  ...job.more,
});

function seenByAnthropic(message) {
  const of = (type) => message.content.filter((block) => block.type === type);
  return {
    said: of("text").map((block) => block.text).join(""),
    thought: of("thinking").map((block) => block.thinking).join(""),
    signatures: of("thinking").map((block) => block.signature),
    calls: of("tool_use").map((block) => ({ id: block.id, name: block.name, args: block.input })),
    finish: message.stop_reason, usage: message.usage,
  };
}

const anthropic = {
  async chat(client, job) {
    return seenByAnthropic(await client.messages.create(forAnthropic(job)));
  },
  async stream(client, job) {
    return seenByAnthropic(await client.messages.stream(forAnthropic(job)).finalMessage());
  },
  async tools(client, job) {
    const question = { role: "user", content: job.say };
    const first = await client.messages.stream(forAnthropic({ ...job, tools: true, history: [question] })).finalMessage();
    const results = seenByAnthropic(first).calls.map((call, i) => ({ type: "tool_result", tool_use_id: call.id, content: `result ${i}` }));
    const content = job.forget ? first.content.filter((block) => block.type !== "thinking") : first.content;
    const history = [question, { role: "assistant", content }, { role: "user", content: results }];
    const second = await client.messages.create(forAnthropic({ ...job, tools: true, history }));
    return { first: seenByAnthropic(first), second: seenByAnthropic(second) };
  },
  async count(client, job) {
    return await client.messages.countTokens({ model: job.model, messages: [{ role: "user", content: job.say }] });
  },
};

// Gemini's.

const forGemini = (job) => ({
  model: job.model, contents: job.history ?? [{ role: "user", parts: [{ text: job.say }] }],
  config: {
    ...(job.tools ? { tools: [{ functionDeclarations: tools.map(({ schema, ...tool }) => ({ ...tool, parametersJsonSchema: schema })) }] } : {}),
    ...(job.thinking ? { thinkingConfig: { includeThoughts: true } } : {}),
    ...job.more,
  },
});

function seenByGemini(answers) {
  const parts = answers.flatMap((answer) => answer.candidates?.[0]?.content?.parts ?? []);
  const last = answers.at(-1);
  return {
    said: parts.filter((part) => part.text && !part.thought).map((part) => part.text).join(""),
    thought: parts.filter((part) => part.text && part.thought).map((part) => part.text).join(""),
    calls: parts.filter((part) => part.functionCall).map((part) => ({ id: part.functionCall.id ?? null, name: part.functionCall.name,
                                                                      args: part.functionCall.args, signature: part.thoughtSignature ?? null })),
    finish: last.candidates?.[0]?.finishReason ?? null, usage: last.usageMetadata ?? null,
    blocked: last.promptFeedback?.blockReason ?? null, parts,
  };
}

const gemini = {
  async chat(client, job) {
    return seenByGemini([await client.models.generateContent(forGemini(job))]);
  },
  async stream(client, job) {
    const answers = [];
    for await (const answer of await client.models.generateContentStream(forGemini(job))) answers.push(answer);
    return seenByGemini(answers);
  },
  async tools(client, job) {
    const question = { role: "user", parts: [{ text: job.say }] };
    const first = await gemini.stream(client, { ...job, tools: true, history: [question] });
    const parts = first.parts.filter((part) => part.functionCall)
      .map((part) => (job.forget ? { functionCall: part.functionCall } : part));
    const answers = first.calls.map((call, i) => ({ functionResponse: { ...(call.id ? { id: call.id } : {}), name: call.name, response: { output: `result ${i}` } } }));
    const history = [question, { role: "model", parts }, { role: "user", parts: answers }];
    return { first, second: await gemini.chat(client, { ...job, tools: true, history }) };
  },
  async embed(client, job) {
    const answer = await client.models.embedContent({ model: job.model, contents: job.inputs ?? ["a", "b"] });
    return { vectors: answer.embeddings.map((item) => item.values) };
  },
  async count(client, job) {
    return await client.models.countTokens({ model: job.model, contents: job.say });
  },
};

const actions = { openai, azure: openai, anthropic, vclaude: anthropic, studio: gemini, vertex: gemini };

async function run(job) {
  try {
    const client = await clients[job.dialect](job);
    return await actions[job.dialect][job.do](client, job);
  } catch (error) {
    return { thrown: error.constructor.name, status: error.status ?? null, message: String(error.message) };
  }
}

console.log = console.error = console.warn = () => {};
process.removeAllListeners("warning");
const results = [];
for (const job of jobs) results.push(await run(job));
process.stdout.write(JSON.stringify(results));
