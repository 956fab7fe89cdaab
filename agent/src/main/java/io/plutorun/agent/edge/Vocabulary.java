package io.plutorun.agent.edge;

import java.util.Set;

/** The words that names are made of, by what they say of a key, a token or a password. */
final class Vocabulary {

    /** Before key or token: it lets in whoever has it. */
    static final Set<String> STRONG = of("access account acct admin anthropic api app application auth aws azure bearer"
            + " bot client cloudflare cohere comet connection consumer csrf databricks datadog db dd decrypt decryption"
            + " deploy deployment device encrypt encryption figma gcp gh github gitlab google grafana groq hf hmac hub"
            + " huggingface identity ingest integration jwt kaggle kms license licence linear login master minio mistral"
            + " neptune newrelic notion npm oauth oauth2 openai pat personal pgp gpg pluto private publish push pypi"
            + " redis refresh registry replicate root rsa s3 s3a sas secret security sendgrid sentry service session"
            + " shared signing slack ssh ssl storage stripe subscription telegram tenant tls twilio vault wandb webhook"
            + " xsrf smtp mail ftp mysql postgres proxy keystore truststore");

    /** Before key, token or pass: what a training program has many of, and nobody hides. */
    static final Set<String> PLAIN =
            of("added additional any arg argument arrow attention attn attribute attr audio avg"
                    + " backward band batch begin best blank block boa boi bos boundary bucket by cache candidate category char"
                    + " checkpoint child ckpt class cls cluster clustering col column composite conf config context continuing"
                    + " control count current data dataset date day decoder dedup delim delimiter dest destination dict doc"
                    + " document domain drop dst dummy each edge embedding encoder end entity eoa eod eoi eop eos eot epoch eval"
                    + " event experiment extra feature features field fim final first fold forced foreign forward frame from"
                    + " group grouping hash high hot idempotency idx ignore ignored image img index infer initial input inputs"
                    + " item iter join json key kind label labels lang language last layer left level line locale log logging"
                    + " lookup loss low map mask max mean message metric metrics min middle model modality module monitor msg multi n"
                    + " natural newline next no node num number object one oov option order ordering output outputs pad"
                    + " padding param parameter params parent partition partitioning patch per piano placeholder pool pooled"
                    + " pooling position pred prediction predictions prefix prev prng prompt property public query random rank"
                    + " reasoning record reduce region register reward right rng routing row sample schema score second seed"
                    + " segment sentinel sep separator shard shortcut shuffle single sort source space speaker special speech"
                    + " src start state step stop style sub subword suffix summary super suppress surrogate table tag target"
                    + " task temp tensor test text think thinking third time timestamp to token tokenizer tool top topic total"
                    + " trace train translation two type unique unk unknown user valid validation val value variant version"
                    + " video vision vocab vocabulary warm warmup weight weights whitespace word words");

    /** Around a secret's word: says nothing of it. */
    static final Set<String> NEUTRAL = of("0 1 2 3 4 5 6 7 8 9 v1 v2 base64 b64 default dev env main my new old plain"
            + " plaintext primary prod raw secondary staging str string live x our the amz goog id");

    /** Behind a secret's word: the value is about the secret, and not it. */
    static final Set<String> DESCRIBING = of("alg algorithm alias aliases bit bits cache check checker class classes"
            + " classification classifier col cols column columns converter count counts decoder deserializer detection detector dim dims"
            + " dir directory disabled embed embedder embedding embeddings enable enabled encoder endpoint error exception"
            + " exists expiration expire expires expiry factory field fields file files folder format gen generator"
            + " hadoopfs hint host id ids idx index interval keygen keystore kind len length level limit location manager map"
            + " mask max maximum mechanism min minimum mode model name names num number offset pattern path paths period policy pos"
            + " position prefix provider providers rate ratio redaction ref regex renewal required retries ring rotation"
            + " reset rule scope scopes score serializer service size sizes source store strategy strength suffix timeout truststore ttl type"
            + " types uri url validation validator version");

    /** Ends of words, for names that are written in one: {@code PGPASSWORD}, {@code secretkey}. No other words end so. */
    static final String[] ENDS =
            ("password passwords passwd passphrase passcode storepass keypass dbpass userpass rootpass bindpw rootpw"
                            + " passin passout apikey apikeys secretkey accesskey privatekey accountkey authtoken accesstoken sessiontoken"
                            + " jsessionid phpsessid")
                    .split(" ");

    /** Words that stand in a value's place without being a value. */
    static final Set<String> NONE =
            of("true false yes no on off none null nil undefined auto default unset empty required optional");

    private Vocabulary() {}

    static Set<String> of(String words) {
        return Set.of(words.split(" "));
    }
}
